-- What pages and programs look at: sums that are kept with a run, the lines of a finding page by page, and what a line
-- rests on. Officers of payments see neither cases nor persons; of what is behind one line of theirs, these functions
-- tell no more than how much is owed, by which decision, and to whom.

-- -- sums ----------------------------------------------------------------------------------------------------------

REVOKE INSERT, UPDATE, DELETE ON payments_runsum FROM balsts_app;
ALTER TABLE payments_runsum ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON payments_runsum TO balsts_app USING (run_id IN (SELECT r.id FROM payments_run r));
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON payments_runsum
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON payments_runsum
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();

-- Lines of a run are written by one statement, and so are its overpayments: each is summed once, as it is written.
CREATE FUNCTION payments_sum_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO payments_runsum (run_id, what, programme, code, month, kind, held, many, cents)
        SELECT run_id, 'line', programme, code, month, kind, held, count(*), sum(amount)
        FROM added GROUP BY 1, 3, 4, 5, 6, 7;
    RETURN NULL;
END $$;
CREATE FUNCTION payments_sum_overpaid() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO payments_runsum (run_id, what, programme, code, month, kind, held, many, cents)
        SELECT run_id, 'overpaid', programme, code, month, '', '', count(*), sum(amount)
        FROM added GROUP BY 1, 3, 4, 5;
    RETURN NULL;
END $$;
CREATE TRIGGER sum_them AFTER INSERT ON payments_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION payments_sum_lines();
CREATE TRIGGER sum_them AFTER INSERT ON payments_overpaid REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION payments_sum_overpaid();
INSERT INTO payments_runsum (run_id, what, programme, code, month, kind, held, many, cents)
    SELECT run_id, 'line', programme, code, month, kind, held, count(*), sum(amount)
    FROM payments_line GROUP BY 1, 3, 4, 5, 6, 7
    UNION ALL
    SELECT run_id, 'overpaid', programme, code, month, '', '', count(*), sum(amount)
    FROM payments_overpaid GROUP BY 1, 3, 4, 5;

-- Few lines of many are held or late: these are found without reading the rest.
CREATE INDEX held_lines_of_run ON payments_line (run_id, number) WHERE held <> '';
CREATE INDEX late_lines_of_run ON payments_line (run_id, number) WHERE kind = 'arrears';

-- -- the lines of a finding ----------------------------------------------------------------------------------------

CREATE FUNCTION payments_looks_at(of_run uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT cases_is_platform()) OR access_setting('purpose') = 'payments' AND EXISTS (
        SELECT FROM payments_run r WHERE r.id = of_run AND r.payer_id = access_uuid('institution'));
END $$;

-- Those findings of `payments_findings` that need more than the line itself: the numbers of their lines after a number,
-- in order. What ended has no line in the run; its lines are those of the run before.
CREATE FUNCTION payments_found(of_run uuid, of_finding text, of_code text, changed_percent integer, after integer,
                               at_most integer)
    RETURNS TABLE (in_run uuid, number integer, cents bigint, cents_before bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
    before uuid;
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    before := payments_run_before(run);
    IF of_finding IN ('new', 'ended', 'changed') THEN
        RETURN QUERY
        WITH now_paid AS (
            SELECT payee_id, code, sum(amount) AS cents, min(number) AS number FROM payments_line
            WHERE run_id = of_run AND kind = 'current' AND (of_code = '' OR code = of_code) GROUP BY 1, 2
        ), before_paid AS (
            SELECT payee_id, code, sum(amount) AS cents, min(number) AS number FROM payments_line
            WHERE run_id = before AND kind = 'current' AND (of_code = '' OR code = of_code) GROUP BY 1, 2
        ), compared AS (
            SELECT CASE WHEN b.payee_id IS NULL THEN 'new' WHEN n.payee_id IS NULL THEN 'ended'
                        WHEN abs(n.cents - b.cents) * 100 > changed_percent * b.cents THEN 'changed' END AS finding,
                   COALESCE(n.number, b.number) AS number, n.cents AS cents, b.cents AS cents_before
            FROM now_paid n FULL JOIN before_paid b USING (payee_id, code)
        )
        SELECT CASE of_finding WHEN 'ended' THEN before ELSE of_run END, c.number, COALESCE(c.cents, 0)::bigint,
               COALESCE(c.cents_before, 0)::bigint
        FROM compared c WHERE c.finding = of_finding AND c.number > after ORDER BY c.number LIMIT at_most;
    ELSIF of_finding = 'one_account_of_several' THEN
        RETURN QUERY
        WITH twice AS (
            SELECT iban FROM payments_line WHERE run_id = of_run AND iban <> ''
            GROUP BY 1 HAVING count(DISTINCT receiver_id) > 1
        )
        SELECT of_run, l.number, l.amount, 0::bigint FROM payments_line l JOIN twice USING (iban)
        WHERE l.run_id = of_run AND l.number > after AND (of_code = '' OR l.code = of_code)
        ORDER BY l.number LIMIT at_most;
    ELSIF of_finding = 'new_creditor' THEN
        RETURN QUERY
        SELECT of_run, l.number, sum(d.cents)::bigint, 0::bigint FROM payments_deduction d
        JOIN payments_line l ON l.id = d.line_id
        JOIN payments_withholdingorder o ON o.id = d.order_id
        WHERE d.run_id = of_run AND d.number IS NOT NULL AND l.number > after AND (of_code = '' OR l.code = of_code)
          AND NOT EXISTS (
              SELECT FROM payments_withholdingorder p JOIN payments_deduction q ON q.order_id = p.id
              WHERE p.iban = o.iban AND q.run_id <> of_run AND payments_is_released(q.run_id))
        GROUP BY l.number ORDER BY l.number LIMIT at_most;
    ELSIF of_finding = 'new_payout_account' THEN
        RETURN QUERY
        SELECT of_run, l.number, l.amount, 0::bigint FROM payments_line l
        WHERE l.run_id = of_run AND l.choice_id IS NOT NULL AND l.channel = 'bank' AND l.number > after
          AND (of_code = '' OR l.code = of_code) AND NOT EXISTS (
              SELECT FROM payments_payoutchoice c JOIN payments_line k ON k.choice_id = c.id
              JOIN payments_run q ON q.id = k.run_id
              WHERE c.iban = l.iban AND q.id <> of_run AND q.state = 'released' AND k.held = '')
        ORDER BY l.number LIMIT at_most;
    ELSIF of_finding = 'moved' THEN
        RETURN QUERY
        SELECT of_run, l.number, l.amount, 0::bigint FROM payments_line l
        JOIN access_institution i ON i.id = run.payer_id AND i.municipality_id IS NOT NULL
        JOIN registry_address a ON a.person_id = l.payee_id AND a.kind = 'declared'
         AND a.recorded @> run.snapshot_at AND a.valid @> run.pay_on
        LEFT JOIN access_municipality m ON m.code = a.municipality_id
        WHERE l.run_id = of_run AND l.number > after AND (of_code = '' OR l.code = of_code)
          AND m.present_id IS DISTINCT FROM i.municipality_id
        ORDER BY l.number LIMIT at_most;
    END IF;
END $$;

-- Awards that a run could not pay, in the order of their identifiers.
CREATE FUNCTION payments_left_out_told(of_run uuid, after uuid, at_most integer)
    RETURNS TABLE (award uuid, code text, case_number text, decision_number text, amount bigint, per text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT DISTINCT ON (a.id) a.id, a.code::text, c.number::text, d.number::text, s.amount, s.per::text
    FROM payments_run r
    CROSS JOIN LATERAL payments_left_out(r.payer_id, r.snapshot_at, r.month, r.last_move) o
    JOIN cases_award a ON a.id = o.award
    JOIN cases_case c ON c.id = a.case_id
    JOIN cases_decision d ON d.id = a.decision_id
    JOIN cases_awardspan s ON s.award_id = a.id
    WHERE r.id = of_run AND a.id > after
    ORDER BY a.id, s.months LIMIT at_most;
END $$;

-- -- what one line rests on ----------------------------------------------------------------------------------------

-- Whose it is and in which case; whoever asks has written down that they look. A name that is not for everybody of a
-- purpose stays hidden.
CREATE FUNCTION payments_line_told(of_run uuid, of_number integer, is_overpaid boolean)
    RETURNS TABLE (case_number text, case_type text, payee_name text, receiver_name text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH found AS (
        SELECT l.case_id, l.payee_id, l.receiver_id FROM payments_line l
        WHERE NOT is_overpaid AND l.run_id = of_run AND l.number = of_number
        UNION ALL
        SELECT o.case_id, o.payee_id, NULL FROM payments_overpaid o
        WHERE is_overpaid AND o.run_id = of_run AND o.number = of_number
    ), names AS (
        SELECT n.person_id, n.given_names || ' ' || n.surname AS said FROM registry_personname n, found f
        WHERE n.person_id IN (f.payee_id, f.receiver_id) AND upper_inf(n.recorded) AND n.valid @> CURRENT_DATE
          AND n.visibility = 0
    )
    SELECT c.number::text, c.type::text, (SELECT n.said FROM names n WHERE n.person_id = f.payee_id LIMIT 1),
           (SELECT n.said FROM names n WHERE n.person_id = f.receiver_id LIMIT 1)
    FROM found f JOIN cases_case c ON c.id = f.case_id;
END $$;

-- By which decisions a key of a line is owed, as the run believed; and by which it was, with what replaced them.
CREATE FUNCTION payments_owed_by(of_run uuid, of_number integer, is_overpaid boolean)
    RETURNS TABLE (decision uuid, decision_number text, signed_at timestamptz, amount bigint, is_owed boolean,
                   replaced_by text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    RETURN QUERY
    WITH key AS (
        SELECT l.case_id, l.payee_id, l.code, l.month FROM payments_line l
        WHERE NOT is_overpaid AND l.run_id = of_run AND l.number = of_number
        UNION ALL
        SELECT o.case_id, o.payee_id, o.code, o.month FROM payments_overpaid o
        WHERE is_overpaid AND o.run_id = of_run AND o.number = of_number
    )
    SELECT d.id, d.number::text, max(t.at), sum(s.amount)::bigint, a.recorded @> run.snapshot_at, e.number::text
    FROM key k
    JOIN cases_award a ON a.case_id = k.case_id AND a.code = k.code AND a.kind = 'right'
                      AND lower(a.recorded) <= run.snapshot_at
    LEFT JOIN payments_standing(run.snapshot_at) p ON p.person = a.payee_id
    JOIN cases_awardspan s ON s.award_id = a.id AND (CASE WHEN s.per = 'once'
        THEN date_trunc('month', COALESCE(lower(s.months), lower(a.months))::timestamp)::date = k.month
        ELSE s.months @> k.month END)
    JOIN cases_decision d ON d.id = a.decision_id
    LEFT JOIN cases_decisionstep t ON t.decision_id = d.id AND t.step = 'signed'
    LEFT JOIN cases_decision e ON e.id = a.ended_by_id AND NOT a.recorded @> run.snapshot_at
    WHERE COALESCE(p.standing, a.payee_id) = k.payee_id
    GROUP BY 1, 2, 5, 6 ORDER BY 5 DESC, 3, 2;
END $$;

-- -- for the person ------------------------------------------------------------------------------------------------

-- When runs pay; of runs that went out alone, since nobody but their payer knows of others.
CREATE FUNCTION payments_days(of_runs uuid[]) RETURNS TABLE (run uuid, payer uuid, month date, pay_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT r.id, r.payer_id, r.month, r.pay_on FROM payments_run r
        WHERE r.id = ANY (of_runs) AND r.state = 'released';
END $$;

-- The bank's last word of each of some lines that are the asking person's own, or of somebody whom they may see.
CREATE FUNCTION payments_said_of_own(of_lines bigint[])
    RETURNS TABLE (line bigint, kind text, reason text, action text, said_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF access_setting('scope') <> 'self' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT DISTINCT ON (l.id) l.id, e.kind::text, e.reason::text, e.action::text, e."on"
    FROM payments_line l JOIN payments_event e ON e.run_id = l.run_id AND e.number = l.number
    WHERE l.id = ANY (of_lines) AND (l.payee_id = access_uuid('person') OR registry_may_see(l.payee_id))
      AND payments_is_released(l.run_id)
    ORDER BY l.id, e.id DESC;
END $$;
