-- Live series: what keeps them as they were made, who sees what, and what is counted. What is counted is for the platform
-- alone: it protects it (`disclosure.py`) and writes points, which are for everybody. Functions that count run as the
-- owner, past the walls of cases and payments, ask first whether it is the platform that asks, and name nobody.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['definitionused', 'refresh', 'counted', 'block', 'rest', 'point'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'statistics_' || name);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'statistics_' || name);
        EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM balsts_app', 'statistics_' || name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'statistics_' || name);
        EXECUTE format('CREATE POLICY platform ON %I TO balsts_app USING ((SELECT cases_is_platform())) '
                       'WITH CHECK ((SELECT cases_is_platform()))', 'statistics_' || name);
        IF name NOT IN ('counted', 'rest') THEN
            EXECUTE format('CREATE POLICY everybody ON %I FOR SELECT TO balsts_app USING (true)', 'statistics_' || name);
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION statistics_require_platform() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT cases_is_platform() THEN
        RAISE EXCEPTION 'only the platform counts' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- -- payments --------------------------------------------------------------------------------------------------------

-- The persons of a year's payments, for as long as the transaction lasts: sex and day of birth as they are known now, and
-- where they are declared to live; whoever moved within the months is looked up month by month.
CREATE FUNCTION statistics_gather(first_day date, next_day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '256MB' SET jit = off AS $$
DECLARE
    sex_type smallint := 3;  -- by their numbers in registry/fact_types.py, which never change
    born_type smallint := 1;
BEGIN
    PERFORM statistics_require_platform();
    DROP TABLE IF EXISTS pg_temp.statistics_persons, pg_temp.statistics_same;
    CREATE TEMP TABLE statistics_persons ON COMMIT DROP AS
    WITH said AS (
        SELECT f.person_id, min(f.value) FILTER (WHERE f.type = sex_type) AS sex,
               min(f.value) FILTER (WHERE f.type = born_type) AS born
        FROM registry_fact f
        WHERE f.type IN (sex_type, born_type) AND upper_inf(f.recorded) AND f.value IS NOT NULL AND f.person_id IS NOT NULL
        GROUP BY 1
    ), homes AS (
        SELECT a.person_id, count(*) > 1 OR NOT bool_and(a.valid @> daterange(first_day, next_day)) AS has_moved,
               min(m.present_id) AS place
        FROM registry_address a JOIN access_municipality m ON m.code = a.municipality_id
        WHERE a.kind = 'declared' AND upper_inf(a.recorded) AND a.valid && daterange(first_day, next_day) GROUP BY 1
    )
    SELECT s.person_id, s.sex, s.born::date AS born, h.place, COALESCE(h.has_moved, false) AS has_moved
    FROM said s LEFT JOIN homes h USING (person_id);
    -- Of two entries of one person the one that stands, where there are any.
    CREATE TEMP TABLE statistics_same ON COMMIT DROP AS
    SELECT d.person_id, d.same_as_id FROM registry_duplicate d WHERE upper_inf(d.recorded);
    ANALYZE pg_temp.statistics_same;
    ANALYZE pg_temp.statistics_persons;
END $$;

CREATE FUNCTION statistics_place(person uuid, on_day date) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT m.present_id FROM registry_address a JOIN access_municipality m ON m.code = a.municipality_id
            WHERE a.person_id = person AND a.kind = 'declared' AND upper_inf(a.recorded) AND a.valid @> on_day LIMIT 1);

CREATE FUNCTION statistics_age(born date, on_day date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN born IS NULL THEN '-'
                WHEN born > (on_day - interval '18 years')::date THEN '0-17'
                WHEN born > (on_day - interval '30 years')::date THEN '18-29'
                WHEN born > (on_day - interval '50 years')::date THEN '30-49'
                WHEN born > (on_day - interval '65 years')::date THEN '50-64' ELSE '65+' END;

CREATE FUNCTION statistics_runs(first_day date, next_day date) RETURNS uuid[] LANGUAGE sql STABLE
    RETURN ARRAY(SELECT r.id FROM payments_run r WHERE r.state = 'released' AND r.month >= first_day AND r.month < next_day);

-- What released runs of months pay and do not hold: payees, cents and the most of one of them, by right. Two entries of one
-- person are one. Cents of a line are added as 32 bits, which is twice as quick: a line of more than 21,474,836.47 euros is
-- an error, and nothing is counted then.
CREATE FUNCTION statistics_paid(first_day date, next_day date, with_splits boolean)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '256MB' SET jit = off SET random_page_cost = 1.1 AS $$
#variable_conflict use_column
DECLARE
    runs uuid[] := statistics_runs(first_day, next_day);
    last_day date := next_day - 1;
BEGIN
    PERFORM statistics_require_platform();
    IF NOT with_splits THEN
        RETURN QUERY
        SELECT w.code::text, '', '', count(*), count(*), sum(w.cents)::bigint, max(w.cents) FROM (
            SELECT l.code, sum(l.amount::integer) AS cents
            FROM payments_line l LEFT JOIN pg_temp.statistics_same d ON d.person_id = l.payee_id
            WHERE l.run_id = ANY (runs) AND l.held = '' GROUP BY 1, COALESCE(d.same_as_id, l.payee_id)
        ) w GROUP BY 1;
        RETURN;
    END IF;
    RETURN QUERY
    WITH paid AS (
        SELECT l.code, COALESCE(d.same_as_id, l.payee_id) AS person, sum(l.amount::integer) AS cents,
               COALESCE(sum(l.amount::integer) FILTER (WHERE l.kind = 'arrears'), 0) AS arrears,
               COALESCE(sum(l.amount::integer) FILTER (WHERE l.kind = 'again'), 0) AS again
        FROM payments_line l LEFT JOIN pg_temp.statistics_same d ON d.person_id = l.payee_id
        WHERE l.run_id = ANY (runs) AND l.held = '' GROUP BY 1, 2
    ), known AS (
        SELECT p.code, COALESCE(k.sex, '-') AS sex, statistics_age(k.born, last_day) AS age,
               COALESCE(CASE WHEN k.has_moved THEN statistics_place(p.person, last_day) ELSE k.place END, '-') AS place,
               p.cents, p.arrears, p.again
        FROM paid p LEFT JOIN pg_temp.statistics_persons k ON k.person_id = p.person
    ), added AS (
        SELECT k.code, k.sex, k.age, k.place, count(*) AS persons, sum(k.cents)::bigint AS cents, max(k.cents) AS largest,
               count(*) FILTER (WHERE k.cents > k.arrears + k.again) AS n_current,
               sum(k.cents - k.arrears - k.again)::bigint AS c_current, max(k.cents - k.arrears - k.again) AS l_current,
               count(*) FILTER (WHERE k.arrears > 0) AS n_arrears, sum(k.arrears)::bigint AS c_arrears,
               max(k.arrears) AS l_arrears,
               count(*) FILTER (WHERE k.again > 0) AS n_again, sum(k.again)::bigint AS c_again, max(k.again) AS l_again
        FROM known k GROUP BY 1, 2, 3, 4
    ), sums AS (
        SELECT a.code, a.sex, a.age, a.place, GROUPING(a.sex, a.age, a.place) AS without,
               sum(a.persons)::bigint AS persons, sum(a.cents)::bigint AS cents, max(a.largest) AS largest,
               sum(a.n_current)::bigint AS n_current, sum(a.c_current)::bigint AS c_current, max(a.l_current) AS l_current,
               sum(a.n_arrears)::bigint AS n_arrears, sum(a.c_arrears)::bigint AS c_arrears, max(a.l_arrears) AS l_arrears,
               sum(a.n_again)::bigint AS n_again, sum(a.c_again)::bigint AS c_again, max(a.l_again) AS l_again
        FROM added a GROUP BY GROUPING SETS ((a.code), (a.code, a.sex), (a.code, a.age), (a.code, a.place))
    )
    SELECT s.code::text, v.split, v.part, v.persons, v.persons, v.cents, v.largest
    FROM sums s CROSS JOIN LATERAL (
        SELECT CASE s.without WHEN 7 THEN '' WHEN 3 THEN 'sex' WHEN 5 THEN 'age' ELSE 'municipality' END,
               COALESCE(s.sex, s.age, s.place, ''), s.persons, s.cents, s.largest
        UNION ALL
        SELECT 'kind', k.part, k.persons, k.cents, k.largest
        FROM (VALUES ('current', s.n_current, s.c_current, s.l_current), ('arrears', s.n_arrears, s.c_arrears, s.l_arrears),
                     ('again', s.n_again, s.c_again, s.l_again)) k (part, persons, cents, largest)
        WHERE s.without = 7 AND k.persons > 0
    ) v (split, part, persons, cents, largest);
END $$;

-- Overpayments claimed back in months, by right: debtors, and cents of claims that were agreed to.
CREATE FUNCTION statistics_claimed(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    SELECT w.code, '', '', count(*), count(*), sum(w.cents)::bigint, max(w.cents) FROM (
        SELECT o.code::text AS code, sum(p.cents)::bigint AS cents
        FROM payments_claim c JOIN payments_claimpart p ON p.claim_id = c.id AND p.stands
        JOIN payments_overpaid o ON o.id = p.overpaid_id
        WHERE (c.agreed_at AT TIME ZONE 'Europe/Riga')::date >= first_day
          AND (c.agreed_at AT TIME ZONE 'Europe/Riga')::date < next_day
        GROUP BY 1, c.debtor_id
    ) w GROUP BY 1;
END $$;

-- -- cases -----------------------------------------------------------------------------------------------------------

-- Whose a case is: the person, or the organisation.
CREATE FUNCTION statistics_subject(one cases_case) RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN COALESCE(one.subject_id, one.organisation_id);

CREATE FUNCTION statistics_office(one cases_case) RETURNS text LANGUAGE sql STABLE
    RETURN COALESCE((SELECT i.municipality_id FROM access_institution i WHERE i.id = one.institution_id), 'state');

CREATE FUNCTION statistics_applied(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    WITH found AS (
        SELECT c.type::text AS type, statistics_office(c) AS place, a.channel::text AS channel,
               statistics_subject(c) AS subject
        FROM cases_application a JOIN cases_case c ON c.id = a.case_id
        WHERE a.received_on >= first_day AND a.received_on < next_day
    )
    SELECT f.type, CASE GROUPING(f.place, f.channel) WHEN 3 THEN '' WHEN 1 THEN 'office' ELSE 'channel' END,
           COALESCE(f.place, f.channel, ''), count(DISTINCT f.subject), count(*), 0::bigint, 0::bigint
    FROM found f GROUP BY GROUPING SETS ((f.type), (f.type, f.place), (f.type, f.channel));
END $$;

CREATE FUNCTION statistics_decided(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    WITH found AS (
        SELECT c.type::text AS type, statistics_office(c) AS place, d.kind::text AS kind,
               CASE WHEN d.is_automatic THEN 'automatic' ELSE 'staff' END AS way, statistics_subject(c) AS subject
        FROM cases_decisionstep s JOIN cases_decision d ON d.id = s.decision_id JOIN cases_case c ON c.id = d.case_id
        WHERE s.step = 'signed' AND s.at >= first_day::timestamp AT TIME ZONE 'Europe/Riga'
          AND s.at < next_day::timestamp AT TIME ZONE 'Europe/Riga'
    )
    SELECT f.type,
           CASE GROUPING(f.place, f.kind, f.way) WHEN 7 THEN '' WHEN 3 THEN 'office' WHEN 5 THEN 'decision' ELSE 'way' END,
           COALESCE(f.place, f.kind, f.way, ''), count(DISTINCT f.subject), count(*), 0::bigint, 0::bigint
    FROM found f GROUP BY GROUPING SETS ((f.type), (f.type, f.place), (f.type, f.kind), (f.type, f.way));
END $$;

-- The middle one of the days from receipt to signature, of decisions on applications; `persons` are those behind it.
CREATE FUNCTION statistics_days_to_decide(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    SELECT c.type::text, '', '', count(DISTINCT statistics_subject(c)),
           (percentile_disc(0.5) WITHIN GROUP (ORDER BY (s.at AT TIME ZONE 'Europe/Riga')::date - a.received_on))::bigint,
           0::bigint, 0::bigint
    FROM cases_decisionstep s JOIN cases_decision d ON d.id = s.decision_id
    JOIN cases_application a ON a.id = d.application_id JOIN cases_case c ON c.id = d.case_id
    WHERE s.step = 'signed' AND s.at >= first_day::timestamp AT TIME ZONE 'Europe/Riga'
      AND s.at < next_day::timestamp AT TIME ZONE 'Europe/Riga'
    GROUP BY 1;
END $$;

-- Cases that wait for their office now, though their term passed before the months ended.
CREATE FUNCTION statistics_overdue(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    WITH found AS (
        SELECT c.type::text AS type, statistics_office(c) AS place, statistics_subject(c) AS subject FROM cases_case c
        WHERE c.stage NOT IN ('running', 'closed') AND c.due_on < next_day
    )
    SELECT f.type, CASE GROUPING(f.place) WHEN 1 THEN '' ELSE 'office' END, COALESCE(f.place, ''),
           count(DISTINCT f.subject), count(*), 0::bigint, 0::bigint
    FROM found f GROUP BY GROUPING SETS ((f.type), (f.type, f.place));
END $$;

CREATE FUNCTION statistics_contested(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    SELECT c.type::text, '', '', count(DISTINCT statistics_subject(c)), count(*), 0::bigint, 0::bigint
    FROM cases_appeal a JOIN cases_case c ON c.id = a.case_id
    WHERE a.received_on >= first_day AND a.received_on < next_day GROUP BY 1;
END $$;

CREATE FUNCTION statistics_heard(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    WITH found AS (
        SELECT c.type::text AS type, a.outcome::text AS outcome, statistics_subject(c) AS subject
        FROM cases_appeal a JOIN cases_case c ON c.id = a.case_id
        WHERE a.decided_at >= first_day::timestamp AT TIME ZONE 'Europe/Riga'
          AND a.decided_at < next_day::timestamp AT TIME ZONE 'Europe/Riga'
    )
    SELECT f.type, CASE GROUPING(f.outcome) WHEN 1 THEN '' ELSE 'outcome' END, COALESCE(f.outcome, ''),
           count(DISTINCT f.subject), count(*), 0::bigint, 0::bigint
    FROM found f GROUP BY GROUPING SETS ((f.type), (f.type, f.outcome));
END $$;

-- -- services --------------------------------------------------------------------------------------------------------

-- Entries of public registers that count on the last day, by what each is of: organisations, and the places they state. The
-- registers themselves name each of them.
CREATE FUNCTION statistics_registered(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    WITH found AS (
        SELECT e.register::text AS register, e.organisation_id, e.content ->> 'service' AS service,
               e.content ->> 'municipality' AS place FROM cases_registerentry e
        WHERE e.organisation_id IS NOT NULL AND upper_inf(e.recorded) AND e.valid @> (next_day - 1)
    )
    SELECT f.register, CASE GROUPING(f.service, f.place) WHEN 3 THEN '' WHEN 1 THEN 'service' ELSE 'municipality' END,
           COALESCE(f.service, f.place, ''), count(DISTINCT f.organisation_id), count(DISTINCT f.organisation_id), 0::bigint,
           0::bigint
    FROM found f GROUP BY GROUPING SETS ((f.register), (f.register, f.service), (f.register, f.place));
END $$;

CREATE FUNCTION statistics_places(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    WITH found AS (
        SELECT e.register::text AS register, e.organisation_id, e.content ->> 'service' AS service,
               e.content ->> 'municipality' AS place, (e.content ->> 'capacity')::bigint AS places FROM cases_registerentry e
        WHERE e.organisation_id IS NOT NULL AND upper_inf(e.recorded) AND e.valid @> (next_day - 1)
          AND e.content ->> 'capacity' IS NOT NULL
    )
    SELECT f.register, CASE GROUPING(f.service, f.place) WHEN 3 THEN '' WHEN 1 THEN 'service' ELSE 'municipality' END,
           COALESCE(f.service, f.place, ''), count(DISTINCT f.organisation_id), sum(f.places)::bigint, 0::bigint, 0::bigint
    FROM found f GROUP BY GROUPING SETS ((f.register), (f.register, f.service), (f.register, f.place))
    HAVING sum(f.places) > 0;
END $$;

CREATE FUNCTION statistics_complained(first_day date, next_day date)
    RETURNS TABLE (of text, split text, part text, persons bigint, number bigint, cents bigint, largest bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM statistics_require_platform();
    RETURN QUERY
    SELECT 'complaints', '', '', count(*), count(*), 0::bigint, 0::bigint
    FROM cases_complaint c WHERE c.received_on >= first_day AND c.received_on < next_day HAVING count(*) > 0;
END $$;
