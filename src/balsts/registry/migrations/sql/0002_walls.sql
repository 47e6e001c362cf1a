-- What keeps statements as they were written, and who sees them. Functions run as their owner, whom policies do not
-- bind; they answer with a yes or no, or with identifiers that the asker may see.

-- The day in Latvia, whatever the server's clock is set to.
CREATE FUNCTION registry_today() RETURNS date LANGUAGE sql STABLE
    RETURN (now() AT TIME ZONE 'Europe/Riga')::date;

-- -- nothing changes in the past ----------------------------------------------------------------------------------

CREATE FUNCTION registry_keep_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- Belief begins now: not before this transaction, not in the future, and it has not ended.
        IF lower(NEW.recorded) IS NULL OR NOT upper_inf(NEW.recorded) OR NEW.ended_by_id IS NOT NULL
           OR lower(NEW.recorded) < transaction_timestamp() OR lower(NEW.recorded) > clock_timestamp() THEN
            RAISE EXCEPTION '%: a statement is believed from the moment it is recorded', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    -- All that may happen later: belief ends, now, because of a source.
    IF NOT upper_inf(OLD.recorded) OR upper_inf(NEW.recorded) OR NEW.ended_by_id IS NULL
       OR lower(NEW.recorded) IS DISTINCT FROM lower(OLD.recorded)
       OR upper(NEW.recorded) < transaction_timestamp() OR upper(NEW.recorded) > clock_timestamp()
       OR to_jsonb(NEW) - ARRAY['recorded', 'ended_by_id'] <> to_jsonb(OLD) - ARRAY['recorded', 'ended_by_id'] THEN
        RAISE EXCEPTION '%: a statement is never changed; its belief ends, and another one begins', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['identifier', 'personname', 'address', 'jurisdiction', 'contact', 'bankaccount',
                                'membership', 'relation', 'representation', 'fact'] LOOP
        EXECUTE format('CREATE TRIGGER keep_statement BEFORE INSERT OR UPDATE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION registry_keep_statement()', 'registry_' || name);
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM balsts_app', 'registry_' || name);
        EXECUTE format('GRANT UPDATE (recorded, ended_by_id) ON %I TO balsts_app', 'registry_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['person', 'household', 'source'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION access_refuse_change()', 'registry_' || name);
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM balsts_app', 'registry_' || name);
    END LOOP;
END $$;
REVOKE INSERT, UPDATE, DELETE ON registry_origin FROM balsts_app;

-- -- who sees whom ------------------------------------------------------------------------------------------------

-- Staff of a municipality: persons declared there today, or dealt with there. Staff of the state: everybody. A person:
-- themselves, and those they may see for.
CREATE FUNCTION registry_may_see(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    CASE access_setting('scope')
    WHEN 'national' THEN
        RETURN true;
    WHEN 'municipality' THEN
        RETURN EXISTS (
            SELECT FROM registry_address a JOIN access_municipality m ON m.code = a.municipality_id
            WHERE a.person_id = subject AND a.kind = 'declared' AND upper_inf(a.recorded)
              AND a.valid @> registry_today() AND m.present_id = access_setting('municipality')
        ) OR EXISTS (
            SELECT FROM registry_jurisdiction j JOIN access_municipality m ON m.code = j.municipality_id
            WHERE j.person_id = subject AND upper_inf(j.recorded)
              AND j.valid @> registry_today() AND m.present_id = access_setting('municipality')
        );
    WHEN 'self' THEN
        RETURN subject::text = access_setting('person') OR EXISTS (
            SELECT FROM registry_representation r
            WHERE r.person_id = subject AND r.representative_id::text = access_setting('person')
              AND 'see' = ANY (r.matters) AND upper_inf(r.recorded) AND r.valid @> registry_today()
        );
    ELSE
        RETURN false;
    END CASE;
END $$;

-- An office takes on, for itself, somebody whom no office deals with; it cannot take persons from another one.
CREATE FUNCTION registry_may_take_on(subject uuid, municipality text) RETURNS boolean LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN municipality = access_setting('municipality') AND NOT EXISTS (
        SELECT FROM registry_address a WHERE a.person_id = subject AND a.kind = 'declared' AND upper_inf(a.recorded)
            AND a.valid @> registry_today() AND a.municipality_id IS NOT NULL
    ) AND NOT EXISTS (
        SELECT FROM registry_jurisdiction j WHERE j.person_id = subject AND upper_inf(j.recorded)
            AND j.valid @> registry_today()
    );
END $$;

-- A household is seen by who sees a member of today.
CREATE FUNCTION registry_may_see_household(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN access_setting('scope') = 'national' OR EXISTS (
        SELECT FROM registry_membership m
        WHERE m.household_id = subject AND upper_inf(m.recorded) AND m.valid @> registry_today()
          AND registry_may_see(m.person_id)
    );
END $$;

CREATE FUNCTION registry_sees(visibility smallint) RETURNS boolean LANGUAGE sql STABLE
    RETURN (ARRAY['ordinary', 'health', 'sealed'])[visibility + 1] = ANY (string_to_array(access_setting('sees'), ','));

CREATE FUNCTION registry_may_record() RETURNS boolean LANGUAGE sql STABLE
    RETURN access_setting('scope') IN ('national', 'municipality');

DO $$
DECLARE
    name text;
    sees text;
BEGIN
    FOREACH name IN ARRAY ARRAY['identifier', 'personname', 'address', 'jurisdiction', 'contact', 'bankaccount',
                                'membership', 'relation', 'representation', 'fact'] LOOP
        sees := CASE name WHEN 'fact'
            THEN '(CASE WHEN person_id IS NULL THEN registry_may_see_household(household_id) '
                 'ELSE registry_may_see(person_id) END)'
            ELSE 'registry_may_see(person_id)' END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'registry_' || name);
        EXECUTE format('CREATE POLICY seen ON %I FOR SELECT USING (registry_sees(visibility) AND %s)',
                       'registry_' || name, sees);
        EXECUTE format('CREATE POLICY recorded ON %I FOR INSERT TO balsts_app WITH CHECK (registry_may_record() '
                       'AND registry_sees(visibility) AND %s)',
                       'registry_' || name,
                       CASE name
                           -- What makes a new person visible is written before they are.
                           WHEN 'jurisdiction' THEN '(registry_may_see(person_id) OR registry_may_take_on(person_id, '
                                'municipality_id))'
                           ELSE sees END);
        EXECUTE format('CREATE POLICY ended ON %I FOR UPDATE TO balsts_app USING (registry_may_record() AND '
                       'registry_sees(visibility) AND %s)', 'registry_' || name, sees);
    END LOOP;
END $$;

ALTER TABLE registry_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry_person FOR SELECT USING (registry_may_see(id));
CREATE POLICY recorded ON registry_person FOR INSERT TO balsts_app WITH CHECK (registry_may_record());
ALTER TABLE registry_household ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON registry_household FOR SELECT USING (registry_may_see_household(id));
CREATE POLICY recorded ON registry_household FOR INSERT TO balsts_app WITH CHECK (registry_may_record());

-- -- finding ------------------------------------------------------------------------------------------------------

-- Persons by likeness of name. A policy would be asked of every row before an index on likeness may be used, so the
-- index is used here and the policy's question asked of what it finds. Best first; «most» at most.
CREATE FUNCTION registry_find_by_name(wanted text, most integer) RETURNS TABLE (person uuid, likeness real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT found.person_id, max(found.near) AS near FROM (
        SELECT n.person_id, word_similarity(wanted, n.search_key) AS near
        FROM registry_personname n
        WHERE wanted <% n.search_key AND upper_inf(n.recorded) AND registry_sees(n.visibility)
        ORDER BY near DESC LIMIT 1000
    ) found
    WHERE registry_may_see(found.person_id)
    GROUP BY found.person_id ORDER BY near DESC, found.person_id LIMIT most;
END $$;
