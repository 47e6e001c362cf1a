-- Persons in scope by name: those whose name has all the words looked for; only where nobody has them, those of a like
-- name. With a date of birth, those who were born then; in a municipality of few persons, those of it. Best first, «most»
-- at most.
--
-- A policy would be asked of every row before an index that is not leak-proof may be used. So the index is used here,
-- and the policy's question is asked of what it finds, best first, before anything is cut off. A municipality's question
-- is asked only of those who have ever been declared or dealt with there, since it can be true of nobody else. The
-- statements are planned anew each time: how common the words are and how large the municipality is decides by far. A
-- whole table is never read: right after a bulk load, without statistics, that would be chosen.
--
-- Of several words, one that is wrong leaves most of the name alike, so more is asked than of one word: else everybody of
-- a common surname would be compared.
CREATE OR REPLACE FUNCTION registry_find_by_name(wanted text, born_on text, most integer)
    RETURNS TABLE (person uuid, likeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    few CONSTANT integer := 2500;
    words text[] := string_to_array(wanted, ' ');
    codes text[] := ARRAY(SELECT m.code FROM access_municipality m WHERE m.present_id = access_setting('municipality'));
    is_near text := CASE WHEN access_setting('scope') <> 'municipality' THEN 'true' ELSE
        '(EXISTS (SELECT FROM registry_address a WHERE a.person_id = n.person_id AND a.municipality_id = ANY ($3)'
        ' AND a.recorded @> registry_forever() OFFSET 0)'
        ' OR EXISTS (SELECT FROM registry_jurisdiction j WHERE j.person_id = n.person_id'
        ' AND j.municipality_id = ANY ($3) AND j.recorded @> registry_forever() OFFSET 0))' END;
    -- Who may be meant, where these are few: everybody's name is read then.
    candidates text := NULL;
    is_small boolean;
BEGIN
    IF access_setting('scope') NOT IN ('national', 'municipality', 'self') THEN
        RETURN;
    END IF;
    PERFORM set_config('pg_trgm.word_similarity_threshold', CASE WHEN array_length(words, 1) > 1 THEN '0.65' ELSE '0.6' END,
                       true);
    -- A bitmap of a whole city would be made to count a few.
    PERFORM set_config('enable_bitmapscan', 'off', true);
    SELECT count(*) < few INTO is_small
        FROM (SELECT FROM registry_address a WHERE a.municipality_id = ANY (codes) LIMIT few) AS near;
    PERFORM set_config('enable_bitmapscan', 'on', true);
    IF born_on IS NOT NULL THEN
        candidates := 'SELECT DISTINCT f.person_id FROM registry_fact f WHERE f.type = 1 AND f.value = $4'
            ' AND f.person_id IS NOT NULL AND upper_inf(f.recorded) AND registry_sees(f.visibility)';
    ELSIF access_setting('scope') = 'municipality' AND is_small THEN
        candidates := 'SELECT a.person_id FROM registry_address a WHERE a.municipality_id = ANY ($3)'
            ' AND a.recorded @> registry_forever() UNION SELECT j.person_id FROM registry_jurisdiction j'
            ' WHERE j.municipality_id = ANY ($3) AND j.recorded @> registry_forever()';
    END IF;
    IF candidates IS NOT NULL THEN
        RETURN QUERY EXECUTE format($query$
            WITH candidate AS MATERIALIZED (%s), named AS MATERIALIZED (
                SELECT n.person_id, bool_or(string_to_array(n.search_key, ' ') @> $1) AS has_them,
                       max(word_similarity($5, n.search_key)) AS near
                FROM candidate JOIN registry_personname n USING (person_id)
                WHERE n.recorded @> registry_forever() AND registry_sees(n.visibility)
                GROUP BY n.person_id
                HAVING bool_or(string_to_array(n.search_key, ' ') @> $1) OR max(word_similarity($5, n.search_key))
                       >= current_setting('pg_trgm.word_similarity_threshold')::real
            ), seen AS MATERIALIZED (
                SELECT * FROM named WHERE registry_may_see(named.person_id)
            )
            SELECT one.person_id, CASE WHEN one.has_them THEN 1 ELSE one.near END FROM seen one
            WHERE one.has_them OR NOT EXISTS (SELECT FROM seen other WHERE other.has_them)
            ORDER BY one.near DESC, one.person_id LIMIT $2$query$, candidates)
            USING words, most, codes, born_on, wanted;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($query$
        SELECT DISTINCT found.person_id, 1::real FROM (
            SELECT named.person_id FROM (
                SELECT n.person_id FROM registry_personname n
                WHERE string_to_array(n.search_key, ' ') @> $1 AND n.recorded @> registry_forever()
                  AND registry_sees(n.visibility) AND %s OFFSET 0
            ) named
            WHERE registry_may_see(named.person_id) LIMIT $2
        ) found$query$, is_near) USING words, most, codes;
    IF FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($query$
        SELECT found.person_id, max(found.near) FROM (
            SELECT n.person_id, n.near FROM (
                SELECT n.person_id, word_similarity($1, n.search_key) AS near FROM registry_personname n
                WHERE $1 <%% n.search_key AND n.recorded @> registry_forever() AND registry_sees(n.visibility)
                ORDER BY near DESC, n.person_id OFFSET 0
            ) n
            WHERE CASE WHEN %s THEN registry_may_see(n.person_id) ELSE false END LIMIT $2
        ) found
        GROUP BY found.person_id ORDER BY 2 DESC, 1$query$, is_near) USING wanted, most, codes;
END $$;
