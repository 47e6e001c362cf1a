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
