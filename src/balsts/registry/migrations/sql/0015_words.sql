-- The words of names, and which words the names of those have who were ever declared or dealt with in a municipality.
-- They only say where to look: nobody reads them but the functions below, which ask of each person found whether the
-- asker may see them and whether the name is believed. So what is not so any longer may stay, until a name is erased.
CREATE TABLE registry_nameword (word text NOT NULL);
CREATE INDEX registry_nameword_word ON registry_nameword (word);
-- Words are written seldom and asked for each time, so none waits in a list of its own.
CREATE INDEX registry_nameword_likeness ON registry_nameword USING gin (word gin_trgm_ops) WITH (fastupdate = off);
CREATE TABLE registry_namenear (
    municipality text NOT NULL,  -- as it is called today
    word text NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (municipality, word, person_id)
);
REVOKE ALL ON registry_nameword, registry_namenear FROM PUBLIC, balsts_app, balsts_reader;

CREATE FUNCTION registry_words(search_key text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN string_to_array(search_key, ' ');

-- Whoever writes a word holds this lock together with all who write; whoever takes words away holds it alone. A word
-- that two write at once stands there twice, so that neither waits for the other.
CREATE FUNCTION registry_lock_of_words() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN hashtextextended('the words of names', 0);

CREATE FUNCTION registry_keep_words_of_names() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(registry_lock_of_words());
    INSERT INTO registry_nameword (word)
        SELECT DISTINCT one.word FROM added, unnest(registry_words(added.search_key)) AS one (word)
        WHERE NOT EXISTS (SELECT FROM registry_nameword known WHERE known.word = one.word OFFSET 0);
    INSERT INTO registry_namenear (municipality, word, person_id)
        SELECT DISTINCT m.present_id, one.word, added.person_id
        FROM added
        CROSS JOIN LATERAL (
            SELECT a.municipality_id FROM registry_address a WHERE a.person_id = added.person_id
            UNION SELECT j.municipality_id FROM registry_jurisdiction j WHERE j.person_id = added.person_id OFFSET 0
        ) place
        JOIN access_municipality m ON m.code = place.municipality_id
        CROSS JOIN LATERAL unnest(registry_words(added.search_key)) AS one (word)
        ORDER BY 1, 2, 3
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_words AFTER INSERT ON registry_personname REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_words_of_names();

CREATE FUNCTION registry_keep_words_nearby() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO registry_namenear (municipality, word, person_id)
        SELECT DISTINCT m.present_id, one.word, added.person_id
        FROM added
        JOIN access_municipality m ON m.code = added.municipality_id
        CROSS JOIN LATERAL (
            SELECT n.search_key FROM registry_personname n WHERE n.person_id = added.person_id OFFSET 0
        ) name
        CROSS JOIN LATERAL unnest(registry_words(name.search_key)) AS one (word)
        ORDER BY 1, 2, 3
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_words AFTER INSERT ON registry_address REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_words_nearby();
CREATE TRIGGER keep_words AFTER INSERT ON registry_jurisdiction REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_words_nearby();

-- What is erased leaves no word behind that nobody else bears.
CREATE FUNCTION registry_drop_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(registry_lock_of_words());
    DELETE FROM registry_namenear near
        USING (SELECT DISTINCT m.present_id, one.word, taken.person_id
               FROM taken, unnest(registry_words(taken.search_key)) AS one (word),
                    (SELECT DISTINCT present_id FROM access_municipality) m) gone
        WHERE near.municipality = gone.present_id AND near.word = gone.word AND near.person_id = gone.person_id
          AND NOT EXISTS (SELECT FROM registry_personname n WHERE n.person_id = near.person_id
                          AND registry_words(n.search_key) @> ARRAY[near.word]);
    DELETE FROM registry_nameword known
        USING (SELECT DISTINCT one.word FROM taken, unnest(registry_words(taken.search_key)) AS one (word)) gone
        WHERE known.word = gone.word AND NOT EXISTS (
            SELECT FROM registry_personname n WHERE string_to_array(n.search_key, ' ') @> ARRAY[gone.word]);
    RETURN NULL;
END $$;
CREATE TRIGGER drop_words AFTER DELETE ON registry_personname REFERENCING OLD TABLE AS taken
    FOR EACH STATEMENT EXECUTE FUNCTION registry_drop_words();

-- Where somebody was is known no longer once no statement says so.
CREATE FUNCTION registry_drop_words_nearby() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM registry_namenear near
        USING (SELECT DISTINCT m.present_id, one.word, taken.person_id
               FROM taken
               JOIN access_municipality m ON m.code = taken.municipality_id
               JOIN registry_personname n ON n.person_id = taken.person_id
               CROSS JOIN LATERAL unnest(registry_words(n.search_key)) AS one (word)) gone
        WHERE near.municipality = gone.present_id AND near.word = gone.word AND near.person_id = gone.person_id
          AND NOT EXISTS (
              SELECT FROM (SELECT a.municipality_id FROM registry_address a WHERE a.person_id = gone.person_id
                           UNION SELECT j.municipality_id FROM registry_jurisdiction j
                           WHERE j.person_id = gone.person_id) left_over
              JOIN access_municipality m ON m.code = left_over.municipality_id
              WHERE m.present_id = gone.present_id);
    RETURN NULL;
END $$;
CREATE TRIGGER drop_words AFTER DELETE ON registry_address REFERENCING OLD TABLE AS taken
    FOR EACH STATEMENT EXECUTE FUNCTION registry_drop_words_nearby();
CREATE TRIGGER drop_words AFTER DELETE ON registry_jurisdiction REFERENCING OLD TABLE AS taken
    FOR EACH STATEMENT EXECUTE FUNCTION registry_drop_words_nearby();

INSERT INTO registry_nameword (word)
    SELECT DISTINCT unnest(registry_words(n.search_key)) FROM registry_personname n;
INSERT INTO registry_namenear (municipality, word, person_id)
    SELECT DISTINCT m.present_id, one.word, n.person_id
    FROM (SELECT person_id, municipality_id FROM registry_address
          UNION SELECT person_id, municipality_id FROM registry_jurisdiction) place
    JOIN access_municipality m ON m.code = place.municipality_id
    JOIN registry_personname n USING (person_id)
    CROSS JOIN LATERAL unnest(registry_words(n.search_key)) AS one (word);
ANALYZE registry_nameword, registry_namenear;

-- The words that are like each of those looked for, or begin like it.
CREATE FUNCTION registry_like_words(words text[], OUT place bigint, OUT word text, OUT likeness real)
    RETURNS SETOF record LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_seqscan = off AS $$
BEGIN
    PERFORM set_config('pg_trgm.word_similarity_threshold',
                       CASE WHEN cardinality(words) > 1 THEN '0.5' ELSE '0.6' END, true);
    RETURN QUERY
        SELECT wanted.place, known.word, max(word_similarity(wanted.word, known.word))
        FROM unnest(words) WITH ORDINALITY AS wanted (word, place)
        CROSS JOIN LATERAL (SELECT k.word FROM registry_nameword k WHERE wanted.word <% k.word OFFSET 0) known
        GROUP BY 1, 2;
END $$;

-- In a municipality: first whoever has all the words; else whoever has words like all of them, of three or more like all
-- but one.
CREATE FUNCTION registry_find_nearby(words text[], most integer) RETURNS TABLE (person uuid, likeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    here CONSTANT text := access_setting('municipality');
    asked CONSTANT integer := cardinality(words);
    may_lack CONSTANT integer := CASE WHEN cardinality(words) > 2 THEN 1 ELSE 0 END;
BEGIN
    RETURN QUERY
        SELECT DISTINCT found.person_id, 1::real FROM (
            SELECT near.person_id FROM (
                SELECT w.person_id FROM registry_namenear w WHERE w.municipality = here AND w.word = ANY (words)
                GROUP BY w.person_id HAVING count(*) = asked OFFSET 0
            ) near
            CROSS JOIN LATERAL (
                SELECT FROM registry_personname n WHERE n.person_id = near.person_id
                AND registry_words(n.search_key) @> words AND n.recorded @> registry_forever()
                AND registry_sees(n.visibility) LIMIT 1
            ) named
            WHERE registry_may_see(near.person_id) LIMIT most
        ) found;
    IF FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH alike AS MATERIALIZED (SELECT * FROM registry_like_words(words)), hit AS (
            SELECT w.person_id, alike.place, max(alike.likeness) AS near
            FROM alike JOIN registry_namenear w ON w.municipality = here AND w.word = alike.word
            GROUP BY 1, 2
        ), ranked AS (
            SELECT hit.person_id, (sum(hit.near) / asked)::real AS near FROM hit GROUP BY hit.person_id
            HAVING count(*) >= asked - may_lack AND sum(hit.near) / asked >= 0.6
            ORDER BY 2 DESC, 1 OFFSET 0
        )
        SELECT ranked.person_id, ranked.near FROM ranked
        CROSS JOIN LATERAL (
            SELECT FROM registry_personname n WHERE n.person_id = ranked.person_id
            AND n.recorded @> registry_forever() AND registry_sees(n.visibility)
            AND registry_words(n.search_key) && ARRAY(SELECT alike.word FROM alike) LIMIT 1
        ) named
        WHERE registry_may_see(ranked.person_id) LIMIT most;
END $$;

-- In the country: the same. One word's namesakes are read one word after another, the most alike first, until there are
-- enough. Of several words, those are read that are like the one with the fewest namesakes, and then compared.
CREATE FUNCTION registry_find_anywhere(words text[], most integer) RETURNS TABLE (person uuid, likeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    asked CONSTANT integer := cardinality(words);
    may_lack CONSTANT integer := CASE WHEN cardinality(words) > 2 THEN 1 ELSE 0 END;
    many CONSTANT integer := 1000;
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT DISTINCT found.person_id, 1::real FROM (
            SELECT n.person_id FROM registry_personname n
            WHERE string_to_array(n.search_key, ' ') @> %L::text[] AND n.recorded @> registry_forever()
              AND registry_sees(n.visibility) AND registry_may_see(n.person_id) LIMIT %L
        ) found$query$, words, most);
    IF FOUND THEN
        RETURN;
    END IF;
    IF asked = 1 THEN
        RETURN QUERY
            SELECT found.person_id, max(found.near) FROM (
                SELECT bearer.person_id, alike.near
                FROM (SELECT a.word, a.likeness AS near FROM registry_like_words(words) a
                      ORDER BY a.likeness DESC, similarity(words[1], a.word) DESC, a.word OFFSET 0) alike
                CROSS JOIN LATERAL (
                    SELECT n.person_id FROM registry_personname n
                    WHERE string_to_array(n.search_key, ' ') @> ARRAY[alike.word] AND n.recorded @> registry_forever()
                      AND registry_sees(n.visibility) AND registry_may_see(n.person_id) LIMIT most
                ) bearer
                LIMIT most
            ) found
            GROUP BY found.person_id ORDER BY 2 DESC, 1;
        RETURN;
    END IF;
    RETURN QUERY
        WITH alike AS MATERIALIZED (SELECT * FROM registry_like_words(words)), rarest AS MATERIALIZED (
            SELECT alike.place, sum(bearers.number) AS bearers FROM alike
            CROSS JOIN LATERAL (
                SELECT count(*) AS number FROM (
                    SELECT FROM registry_personname n
                    WHERE string_to_array(n.search_key, ' ') @> ARRAY[alike.word] LIMIT many
                ) one
            ) bearers
            GROUP BY 1
            -- Whoever is found has words like so many of them that one of these is among them.
            ORDER BY 2 LIMIT greatest(0, may_lack + 1 - (asked - (SELECT count(DISTINCT place) FROM alike)))
        ), candidate AS MATERIALIZED (
            SELECT DISTINCT bearer.id, bearer.person_id, bearer.search_key FROM rarest JOIN alike USING (place)
            CROSS JOIN LATERAL (
                SELECT n.id, n.person_id, n.search_key FROM registry_personname n
                WHERE string_to_array(n.search_key, ' ') @> ARRAY[alike.word] AND n.recorded @> registry_forever()
                  AND registry_sees(n.visibility)
            ) bearer
        ), hit AS (
            SELECT candidate.id, candidate.person_id, alike.place, max(alike.likeness) AS near
            FROM candidate CROSS JOIN LATERAL unnest(registry_words(candidate.search_key)) AS one (word)
            JOIN alike ON alike.word = one.word
            GROUP BY 1, 2, 3
        ), ranked AS (
            SELECT hit.person_id, (sum(hit.near) / asked)::real AS near FROM hit GROUP BY hit.id, hit.person_id
            HAVING count(*) >= asked - may_lack AND sum(hit.near) / asked >= 0.6
            ORDER BY 2 DESC, 1 OFFSET 0
        )
        SELECT found.person_id, max(found.near) FROM (
            SELECT * FROM ranked WHERE registry_may_see(ranked.person_id) LIMIT most
        ) found
        GROUP BY 1 ORDER BY 2 DESC, 1;
END $$;

-- Persons in scope by name: those whose name has all the words looked for; only where nobody has them, those of a like
-- name. With a date of birth, those who were born then. Best first, «most» at most.
--
-- A policy would be asked of every row before an index that is not leak-proof may be used. So indexes are used here, and
-- the policy's question is asked of what they find, before anything is cut off. A municipality's question is asked only
-- of those who have ever been declared or dealt with there, since it can be true of nobody else. A whole table is never
-- read: right after a bulk load, without statistics, that would be chosen.
CREATE OR REPLACE FUNCTION registry_find_by_name(wanted text, born_on text, most integer)
    RETURNS TABLE (person uuid, likeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    -- Nobody bears more words than these; each costs a look-up.
    words text[] := ARRAY(SELECT word FROM unnest(registry_words(wanted)) WITH ORDINALITY AS one (word, place)
                          GROUP BY word ORDER BY min(place) LIMIT 8);
BEGIN
    IF access_setting('scope') NOT IN ('national', 'municipality', 'self') THEN
        RETURN;
    END IF;
    IF born_on IS NULL AND access_setting('scope') = 'municipality' THEN
        RETURN QUERY SELECT * FROM registry_find_nearby(words, most);
    ELSIF born_on IS NULL THEN
        RETURN QUERY SELECT * FROM registry_find_anywhere(words, most);
    ELSE
        RETURN QUERY
            WITH born AS MATERIALIZED (
                SELECT DISTINCT f.person_id FROM registry_fact f
                WHERE f.type = 1 AND f.value = born_on AND f.person_id IS NOT NULL AND upper_inf(f.recorded)
                  AND registry_sees(f.visibility)
            ), named AS MATERIALIZED (
                SELECT n.person_id, bool_or(registry_words(n.search_key) @> words) AS has_them,
                       max(word_similarity(wanted, n.search_key)) AS near
                FROM born JOIN registry_personname n USING (person_id)
                WHERE n.recorded @> registry_forever() AND registry_sees(n.visibility)
                GROUP BY n.person_id
                HAVING bool_or(registry_words(n.search_key) @> words)
                       OR max(word_similarity(wanted, n.search_key)) >= 0.6
            ), seen AS MATERIALIZED (
                SELECT * FROM named WHERE registry_may_see(named.person_id)
            )
            SELECT one.person_id, CASE WHEN one.has_them THEN 1 ELSE one.near END FROM seen one
            WHERE one.has_them OR NOT EXISTS (SELECT FROM seen other WHERE other.has_them)
            ORDER BY one.near DESC, one.person_id LIMIT most;
    END IF;
END $$;

REVOKE ALL ON FUNCTION registry_like_words, registry_find_nearby, registry_find_anywhere FROM balsts_app, balsts_reader;
