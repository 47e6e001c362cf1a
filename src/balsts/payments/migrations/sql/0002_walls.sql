-- Who sees what of payments: staff of the payer for this purpose, all of their runs; the platform, to prove the books; a
-- person, their own lines once they are released. What is the same for all rows is asked once for a query.

ALTER TABLE payments_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON payments_run FOR SELECT TO balsts_app
    USING ((SELECT access_setting('purpose') = 'payments') AND payer_id = (SELECT access_uuid('institution')));
CREATE POLICY platform ON payments_run FOR SELECT TO balsts_app USING ((SELECT cases_is_platform()));

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['runstep', 'line', 'overpaid', 'ledgerentry', 'bankfile', 'event'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'payments_' || name);
        EXECUTE format('CREATE POLICY seen ON %I TO balsts_app USING (run_id IN (SELECT r.id FROM payments_run r))',
                       'payments_' || name);
    END LOOP;
END $$;
ALTER TABLE payments_posting ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON payments_posting FOR SELECT TO balsts_app
    USING (EXISTS (SELECT FROM payments_ledgerentry e WHERE e.id = entry_id));

ALTER TABLE payments_filestep ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON payments_filestep TO balsts_app
    USING (file_id IN (SELECT f.id FROM payments_bankfile f)) WITH CHECK (true);  -- the trigger says who may step
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['payeraccount', 'bankmessage', 'matter'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'payments_' || name);
        EXECUTE format($p$CREATE POLICY staff ON %I FOR SELECT TO balsts_app
            USING ((SELECT access_setting('purpose') = 'payments')
                   AND COALESCE(payer_id, access_uuid('institution')) = (SELECT access_uuid('institution')))$p$,
            'payments_' || name);  -- of a message that nobody can read it is not known whose it is: all payers see it
        EXECUTE format('CREATE POLICY platform ON %I FOR SELECT TO balsts_app USING ((SELECT cases_is_platform()))',
                       'payments_' || name);
    END LOOP;
END $$;
ALTER TABLE payments_casemoved ENABLE ROW LEVEL SECURITY;
CREATE POLICY platform ON payments_casemoved FOR SELECT TO balsts_app USING ((SELECT cases_is_platform()));

-- Runs as the owner: a person sees no run, only whether theirs went out.
CREATE FUNCTION payments_is_released(run uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM payments_run r WHERE r.id = run AND r.state = 'released');
END $$;
CREATE POLICY own ON payments_line FOR SELECT TO balsts_app
    USING ((SELECT access_setting('scope') = 'self')
           AND (payee_id = (SELECT access_uuid('person')) OR registry_may_see(payee_id))
           AND payments_is_released(run_id));

-- -- what a run differs in from the one before ---------------------------------------------------------------------

-- Which of the payer's runs a run is held against: the last of the same kind for an earlier month.
CREATE FUNCTION payments_run_before(one payments_run) RETURNS uuid LANGUAGE sql STABLE
    RETURN (SELECT r.id FROM payments_run r
            WHERE r.payer_id = one.payer_id AND r.kind = one.kind AND r.month < one.month AND r.state <> 'cancelled'
            ORDER BY r.month DESC LIMIT 1);

-- The findings about a run, each with how many, their cents now and before, and the numbers of the first lines.
CREATE FUNCTION payments_findings(of_run uuid, changed_percent integer, most_cents bigint)
    RETURNS TABLE (finding text, many bigint, cents bigint, cents_before bigint, numbers integer[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
    before uuid;
    at_home text;
BEGIN
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    SELECT i.municipality_id INTO at_home FROM access_institution i WHERE i.id = run.payer_id;
    IF NOT (SELECT cases_is_platform()) AND (run.payer_id IS DISTINCT FROM access_uuid('institution')
                                             OR access_setting('purpose') <> 'payments') THEN
        RETURN;
    END IF;
    before := payments_run_before(run);
    RETURN QUERY
    WITH lines AS MATERIALIZED (SELECT * FROM payments_line l WHERE l.run_id = of_run),
    now_paid AS (
        SELECT payee_id, code, sum(amount) AS cents, min(number) AS number FROM lines WHERE kind = 'current' GROUP BY 1, 2
    ), before_paid AS (
        SELECT payee_id, code, sum(amount) AS cents FROM payments_line
        WHERE run_id = before AND kind = 'current' GROUP BY 1, 2
    ), compared AS (
        SELECT CASE WHEN b.payee_id IS NULL THEN 'new' WHEN n.payee_id IS NULL THEN 'ended'
                    WHEN abs(n.cents - b.cents) * 100 > changed_percent * b.cents THEN 'changed' END AS finding,
               n.cents AS cents, b.cents AS cents_before, n.number
        FROM now_paid n FULL JOIN before_paid b USING (payee_id, code)
    ), twice AS MATERIALIZED (
        SELECT iban FROM lines WHERE iban <> '' GROUP BY 1 HAVING count(DISTINCT receiver_id) > 1
    ), all_found AS (
        SELECT c.finding, c.cents, c.cents_before, c.number FROM compared c WHERE c.finding IS NOT NULL
        UNION ALL SELECT 'held_' || l.held, l.amount, 0, l.number FROM lines l WHERE l.held <> ''
        UNION ALL SELECT 'arrears', l.amount, 0, l.number FROM lines l WHERE l.kind = 'arrears'
        UNION ALL SELECT 'above_limit', l.amount, 0, l.number FROM lines l WHERE l.amount > most_cents
        UNION ALL SELECT 'one_account_of_several', l.amount, 0, l.number FROM lines l JOIN twice USING (iban)
        UNION ALL SELECT 'overpaid', o.amount, 0, o.number FROM payments_overpaid o WHERE o.run_id = of_run
        UNION ALL SELECT 'moved', l.amount, 0, l.number FROM lines l
            WHERE at_home IS NOT NULL AND EXISTS (
                SELECT FROM registry_address a LEFT JOIN access_municipality m ON m.code = a.municipality_id
                WHERE a.person_id = l.payee_id AND a.kind = 'declared' AND a.recorded @> run.snapshot_at
                  AND a.valid @> run.pay_on AND m.present_id IS DISTINCT FROM at_home)
        UNION ALL SELECT 'withheld', l.withheld, 0, l.number FROM lines l WHERE l.withheld > 0
        UNION ALL SELECT 'new_creditor', d.cents, 0, d.number FROM payments_deduction d
            JOIN payments_withholdingorder o ON o.id = d.order_id
            WHERE d.run_id = of_run AND d.number IS NOT NULL AND NOT EXISTS (
                SELECT FROM payments_withholdingorder p JOIN payments_deduction q ON q.order_id = p.id
                WHERE p.iban = o.iban AND q.run_id <> of_run AND payments_is_released(q.run_id))
        UNION ALL SELECT 'new_payout_account', l.amount - l.withheld, 0, l.number FROM lines l
            WHERE l.choice_id IS NOT NULL AND l.channel = 'bank' AND NOT EXISTS (
                SELECT FROM payments_payoutchoice c JOIN payments_line k ON k.choice_id = c.id
                JOIN payments_run q ON q.id = k.run_id
                WHERE c.iban = l.iban AND q.id <> of_run AND q.state = 'released' AND k.held = '')
        UNION ALL SELECT 'left_out', NULL, NULL, NULL FROM payments_left_out(run.payer_id, run.snapshot_at, run.month, run.last_move)
    )
    SELECT f.finding, count(*), COALESCE(sum(f.cents), 0)::bigint, COALESCE(sum(f.cents_before), 0)::bigint,
           ((array_agg(f.number ORDER BY f.number) FILTER (WHERE f.number IS NOT NULL))[1:10])
    FROM all_found f GROUP BY 1 ORDER BY 1;
END $$;

-- Awards of rights that no run can pay: nobody has said what budget programme there is, or how the act counts them in a
-- month (amounts by the week, hour or day).
CREATE FUNCTION payments_left_out(office uuid, at timestamptz, until_month date, last_move bigint) RETURNS TABLE (award uuid, code text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT DISTINCT a.id, a.code::text
    FROM payments_cases_of(office, last_move) c
    JOIN cases_award a ON a.case_id = c.case_id
    JOIN cases_awardspan s ON s.award_id = a.id
    LEFT JOIN payments_programme p ON p.code = a.code
    WHERE a.kind = 'right' AND a.recorded @> at AND lower(a.months) <= until_month
      AND (p.code IS NULL OR p.is_money AND s.per NOT IN ('month', 'once', 'half_year'));
END;

-- -- proof ---------------------------------------------------------------------------------------------------------

-- What decisions, lines and the ledger of a run come to, and where they differ, by key and line. `what`: `sum` is the
-- sums themselves; `decided` a key whose lines are not what awards come to; `posted` a line or overpayment whose
-- postings are not what it says; `withheld` a line whose deductions or their postings are not what it keeps back.
-- Without `whole`, keys are left out: those of a later run hold for the earlier ones too, since it counts what all of them
-- wrote.
CREATE FUNCTION payments_proof(of_run uuid, whole boolean)
    RETURNS TABLE (what text, number integer, code text, month date, expected bigint, found bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
    step bigint;
BEGIN
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    IF NOT (SELECT cases_is_platform()) AND (run.payer_id IS DISTINCT FROM access_uuid('institution')
                                             OR access_setting('purpose') <> 'payments') THEN
        RETURN;
    END IF;
    SELECT s.id INTO step FROM payments_runstep s WHERE s.run_id = of_run AND s.step = 'prepared';
    RETURN QUERY
    WITH held AS (
        SELECT l.case_id, l.payee_id, l.code, l.month, l.amount, l.number FROM payments_line l
        WHERE l.run_id = of_run AND l.held <> ''
    ), own AS (
        SELECT l.case_id, l.payee_id, l.code, l.month, min(l.number) AS number FROM payments_line l
        WHERE l.run_id = of_run GROUP BY 1, 2, 3, 4
    ), keys AS (
        SELECT case_id, payee_id, k.code, k.month, COALESCE(o.amount, 0) AS decided,
               COALESCE(w.amount, 0) + COALESCE(h.amount, 0) AS written
        FROM payments_owed(run.payer_id, run.snapshot_at, run.month, run.last_move) o
        FULL JOIN payments_written(run.payer_id, run.snapshot_at, run.month, step, run.last_event, run.last_move) w
            USING (case_id, payee_id, code, month)
        LEFT JOIN held h USING (case_id, payee_id, code, month)
        CROSS JOIN LATERAL (SELECT code::text AS code, month AS month) k
    ), items AS (
        SELECT l.number, l.code, l.month, l.amount, e.id AS entry FROM payments_line l
        LEFT JOIN payments_ledgerentry e ON e.line_id = l.id WHERE l.run_id = of_run AND l.held = ''
        UNION ALL
        SELECT o.number, o.code, o.month, -o.amount, e.id FROM payments_overpaid o
        LEFT JOIN payments_ledgerentry e ON e.overpaid_id = o.id WHERE o.run_id = of_run
    ), posted AS (
        SELECT i.number, i.code, i.month, i.amount,
               COALESCE(sum(p.cents) FILTER (WHERE p.account = 'expense'), 0)::bigint AS cents
        FROM items i LEFT JOIN payments_posting p ON p.entry_id = i.entry
        WHERE run.state = 'released' GROUP BY i.number, i.code, i.month, i.amount, i.entry
    ), kept AS (
        SELECT l.number, l.code, l.month, l.withheld, COALESCE((
                   SELECT sum(d.cents) FROM payments_deduction d WHERE d.line_id = l.id), 0)::bigint AS cents,
               CASE WHEN run.state = 'released' THEN COALESCE((
                   SELECT -sum(p.cents) FROM payments_ledgerentry e JOIN payments_posting p ON p.entry_id = e.id
                   WHERE e.line_id = l.id AND p.account IN ('claim', 'creditor')), 0)
               ELSE l.withheld END::bigint AS posted
        FROM (SELECT l.id FROM payments_line l WHERE l.run_id = of_run AND l.withheld > 0
              UNION SELECT d.line_id FROM payments_deduction d WHERE d.run_id = of_run) x
        JOIN payments_line l ON l.id = x.id
    )
    SELECT 'sum_decided', NULL::integer, NULL::text, NULL::date, sum(k.decided)::bigint, sum(k.written)::bigint
        FROM keys k WHERE whole
    UNION ALL SELECT 'sum_posted', NULL, NULL, NULL, sum(p.amount)::bigint, sum(p.cents)::bigint FROM posted p
    UNION ALL SELECT 'sum_withheld', NULL, NULL, NULL, sum(k.withheld)::bigint, sum(k.cents)::bigint FROM kept k
    UNION ALL (
        SELECT 'decided', o.number, k.code, k.month, k.decided, k.written
        FROM keys k LEFT JOIN own o USING (case_id, payee_id, code, month)
        WHERE whole AND k.decided <> k.written
        ORDER BY k.payee_id, k.code, k.month
    )
    UNION ALL (
        SELECT 'posted', p.number, p.code::text, p.month, p.amount, p.cents
        FROM posted p WHERE p.amount <> p.cents ORDER BY p.number
    )
    UNION ALL (
        SELECT 'withheld', k.number, k.code::text, k.month, k.withheld,
               CASE WHEN k.withheld = k.cents THEN k.posted ELSE k.cents END
        FROM kept k WHERE k.withheld <> k.cents OR k.withheld <> k.posted ORDER BY k.number
    );
END $$;
