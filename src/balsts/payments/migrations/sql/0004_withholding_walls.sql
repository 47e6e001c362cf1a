-- Who sees what of withholding: staff of the payer for this purpose; the platform; a person, what was agreed to about
-- themselves and what was kept back from lines of theirs that were released.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['claim', 'withholdingorder'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'payments_' || name);
        EXECUTE format('CREATE POLICY staff ON %I TO balsts_app USING ((SELECT access_setting(''purpose'') = ''payments'') '
                       'AND payer_id = (SELECT access_uuid(''institution'')))', 'payments_' || name);
        EXECUTE format('CREATE POLICY platform ON %I FOR SELECT TO balsts_app USING ((SELECT cases_is_platform()))',
                       'payments_' || name);
        EXECUTE format('CREATE POLICY own ON %I FOR SELECT TO balsts_app '
                       'USING ((SELECT access_setting(''scope'') = ''self'') AND agreed_at IS NOT NULL '
                       'AND (debtor_id = (SELECT access_uuid(''person'')) OR registry_may_see(debtor_id)))',
                       'payments_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['claimpart', 'plan', 'writeoff', 'repayment'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'payments_' || name);
        EXECUTE format('CREATE POLICY seen ON %I TO balsts_app USING (claim_id IN (SELECT c.id FROM payments_claim c)%s)',
                       'payments_' || name, CASE WHEN name IN ('plan', 'writeoff')
                       THEN ' AND (agreed_at IS NOT NULL OR (SELECT access_setting(''scope'') <> ''self''))' ELSE '' END);
    END LOOP;
END $$;
-- Orders of plans are made with them, by the database.
CREATE POLICY of_third_parties ON payments_withholdingorder AS RESTRICTIVE FOR INSERT TO balsts_app
    WITH CHECK (plan_id IS NULL);

ALTER TABLE payments_deduction ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON payments_deduction FOR SELECT TO balsts_app USING (run_id IN (SELECT r.id FROM payments_run r));
CREATE POLICY own ON payments_deduction FOR SELECT TO balsts_app
    USING ((SELECT access_setting('scope') = 'self') AND EXISTS (SELECT FROM payments_line l WHERE l.id = line_id));
-- Entries of claims are of no run.
CREATE POLICY of_claims ON payments_ledgerentry FOR SELECT TO balsts_app
    USING (run_id IS NULL AND (SELECT access_setting('scope') <> 'self')
           AND (claim_id IN (SELECT c.id FROM payments_claim c)
                OR repayment_id IN (SELECT b.id FROM payments_repayment b)
                OR write_off_id IN (SELECT w.id FROM payments_writeoff w)));

-- -- finding and telling -------------------------------------------------------------------------------------------

-- The person of a personal code, where this payer pays them: an officer of payments sees no persons otherwise.
CREATE FUNCTION payments_payee(personal_code text) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_require(access_uuid('institution'), 'prepare_payments');
    RETURN (SELECT i.person_id FROM registry_identifier i
            WHERE i.value = personal_code AND i.scheme = 'personal_code' AND upper_inf(i.recorded)
              AND EXISTS (SELECT FROM payments_line l JOIN payments_run r ON r.id = l.run_id
                          WHERE l.payee_id = i.person_id AND r.payer_id = access_uuid('institution'))
            ORDER BY lower(i.recorded) DESC LIMIT 1);
END $$;

-- What was released for a person in a month: to the person and whoever may see them, staff of the payer, the platform.
-- A person sees no run, so the day and the payer are told with each line.
CREATE FUNCTION payments_paid_to(of_person uuid, in_month date)
    RETURNS TABLE (line bigint, paid_on date, payer uuid, known_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT l.id, r.pay_on, r.payer_id, r.snapshot_at
    FROM payments_line l JOIN payments_run r ON r.id = l.run_id
    WHERE l.payee_id = of_person AND r.month = in_month AND r.state = 'released' AND l.held = ''
      AND (cases_is_platform()
           OR access_setting('purpose') = 'payments' AND r.payer_id = access_uuid('institution')
           OR access_setting('scope') = 'self' AND (of_person = access_uuid('person') OR registry_may_see(of_person)));
END $$;

-- What was withheld, repaid and written off of a claim by the end of a month; to whoever may see the claim.
CREATE FUNCTION payments_claim_by(of_claim uuid, in_month date)
    RETURNS TABLE (withheld bigint, repaid bigint, written_off bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    claim payments_claim;
    after date := (in_month + interval '1 month')::date;
BEGIN
    SELECT * INTO claim FROM payments_claim c WHERE c.id = of_claim;
    IF NOT (cases_is_platform()
            OR access_setting('purpose') = 'payments' AND claim.payer_id = access_uuid('institution')
            OR access_setting('scope') = 'self' AND claim.agreed_at IS NOT NULL
               AND (claim.debtor_id = access_uuid('person') OR registry_may_see(claim.debtor_id))) THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT
        COALESCE((SELECT sum(d.cents) FROM payments_plan p
            JOIN payments_withholdingorder o ON o.plan_id = p.id
            JOIN payments_deduction d ON d.order_id = o.id
            JOIN payments_run r ON r.id = d.run_id
            WHERE p.claim_id = of_claim AND r.state = 'released' AND r.month < after), 0)::bigint,
        COALESCE((SELECT sum(b.cents) FROM payments_repayment b
            WHERE b.claim_id = of_claim AND b.received_on < after), 0)::bigint,
        COALESCE((SELECT sum(w.cents) FROM payments_writeoff w
            WHERE w.claim_id = of_claim AND (w.agreed_at AT TIME ZONE 'Europe/Riga')::date < after), 0)::bigint;
END $$;
