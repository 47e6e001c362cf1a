-- Where the money of a payee goes when it is not their own account: choices, which take two people; lists of what goes by
-- post or in cash; and what the post and the cash desk say of it.

REVOKE INSERT, UPDATE, DELETE ON payments_payoutchoice, payments_payoutlist FROM balsts_app;
GRANT INSERT ON payments_payoutchoice TO balsts_app;
GRANT UPDATE (agreed_by, ended_by, ended_because) ON payments_payoutchoice TO balsts_app;
CREATE TRIGGER refuse_delete BEFORE DELETE ON payments_payoutchoice
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON payments_payoutchoice
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON payments_payoutlist
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON payments_payoutlist
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();

ALTER TABLE payments_payoutchoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON payments_payoutchoice TO balsts_app
    USING ((SELECT access_setting('purpose') = 'payments') AND payer_id = (SELECT access_uuid('institution')));
CREATE POLICY platform ON payments_payoutchoice FOR SELECT TO balsts_app USING ((SELECT cases_is_platform()));
CREATE POLICY own ON payments_payoutchoice FOR SELECT TO balsts_app
    USING ((SELECT access_setting('scope') = 'self') AND agreed_at IS NOT NULL
           AND (payee_id = (SELECT access_uuid('person')) OR registry_may_see(payee_id)));
ALTER TABLE payments_payoutlist ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON payments_payoutlist FOR SELECT TO balsts_app USING (run_id IN (SELECT r.id FROM payments_run r));

-- -- choices -------------------------------------------------------------------------------------------------------

CREATE TRIGGER keep_agreed BEFORE INSERT OR UPDATE ON payments_payoutchoice
    FOR EACH ROW EXECUTE FUNCTION payments_keep_agreed();

-- A choice that is agreed to ends those of the same payee and right that name some of its days. What is left of their
-- days holds on, as both people agreed to it then. A run before this moment believes the old one, a run after it these.
CREATE FUNCTION payments_settle_choice() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    before payments_payoutchoice;
BEGIN
    IF NEW.ended_by IS NOT NULL THEN
        RETURN NEW;
    END IF;
    FOR before IN SELECT c.* FROM payments_payoutchoice c
                  WHERE (c.payer_id, c.payee_id, c.code) = (NEW.payer_id, NEW.payee_id, NEW.code)
                    AND c.agreed_by IS NOT NULL AND c.ended_by IS NULL AND c.valid && NEW.valid ORDER BY c.id LOOP
        UPDATE payments_payoutchoice SET ended_by = NEW.agreed_by, ended_because = 'another choice' WHERE id = before.id;
        INSERT INTO payments_payoutchoice (id, payer_id, payee_id, code, channel, valid, name, iban, reference, address,
                                           basis, by_staff, at, agreed_by, agreed_at, ended_because)
            SELECT gen_random_uuid(), before.payer_id, before.payee_id, before.code, before.channel, r.days, before.name,
                   before.iban, before.reference, before.address, before.basis, before.by_staff, before.at,
                   before.agreed_by, NEW.agreed_at, ''
            FROM unnest(datemultirange(before.valid) - datemultirange(NEW.valid)) AS r (days);
    END LOOP;
    RETURN NEW;
END $$;
-- Before the row is agreed to, so that no two are in force; after the trigger that keeps it (by name).
CREATE TRIGGER settle_choice BEFORE UPDATE ON payments_payoutchoice
    FOR EACH ROW EXECUTE FUNCTION payments_settle_choice();

-- The person of a personal code, where this payer owes or pays them something: a choice may come before the first payment.
CREATE FUNCTION payments_owed_person(personal_code text) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN COALESCE(payments_payee(personal_code), (
        SELECT i.person_id FROM registry_identifier i
        WHERE i.value = personal_code AND i.scheme = 'personal_code' AND upper_inf(i.recorded)
          AND EXISTS (SELECT FROM cases_award a JOIN cases_case c ON c.id = a.case_id
                      WHERE a.payee_id = i.person_id AND a.kind = 'right' AND upper_inf(a.recorded)
                        AND c.institution_id = access_uuid('institution'))
        ORDER BY lower(i.recorded) DESC LIMIT 1));
END $$;

-- -- lists ---------------------------------------------------------------------------------------------------------

-- What a run pays by post or in cash, by number: who receives it, by the name believed when it was prepared, and where.
CREATE FUNCTION payments_payouts_of(of_run uuid, of_channel text)
    RETURNS TABLE (number integer, receiver uuid, name text, address text, cents bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT l.number, l.receiver_id, COALESCE(n.given_names || ' ' || n.surname, ''), c.address::text,
           l.amount - l.withheld
    FROM payments_line l
    JOIN payments_run r ON r.id = l.run_id
    JOIN payments_payoutchoice c ON c.id = l.choice_id
    LEFT JOIN LATERAL (
        SELECT n.given_names, n.surname FROM registry_personname n
        WHERE n.person_id = l.receiver_id AND n.recorded @> r.snapshot_at AND n.valid @> r.pay_on
        ORDER BY n.recorded DESC, n.id LIMIT 1
    ) n ON true
    WHERE l.run_id = of_run AND l.channel = of_channel AND l.channel <> 'bank' AND l.held = '' AND l.amount > l.withheld
    ORDER BY l.number;
END $$;

-- Keeps that a list was written: once, of a released run, with all of its payouts.
CREATE FUNCTION payments_store_list(of_run uuid, of_channel text, many integer, sum_cents bigint, digest text,
                                    bytes bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    run payments_run;
    there payments_payoutlist;
    made bigint;
BEGIN
    SELECT * INTO run FROM payments_run WHERE id = of_run FOR UPDATE;
    PERFORM payments_require(run.payer_id, 'prepare_payments');
    IF run.state <> 'released' OR ROW (many, sum_cents) IS DISTINCT FROM (
        SELECT ROW (count(*)::integer, sum(p.cents)::bigint) FROM payments_payouts_of(of_run, of_channel) p) THEN
        RAISE EXCEPTION 'a list holds all payouts of a released run' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO there FROM payments_payoutlist l WHERE l.run_id = of_run AND l.channel = of_channel;
    IF there.sha256 = digest THEN
        RETURN there.id;
    ELSIF there.id IS NOT NULL THEN
        RAISE EXCEPTION 'the list of the run is kept with other bytes' USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO payments_payoutlist (run_id, channel, payouts, cents, sha256, size, by_staff, at)
        VALUES (of_run, of_channel, many, sum_cents, digest, bytes, access_uuid('staff'), clock_timestamp())
        RETURNING id INTO made;
    RETURN made;
END $$;

-- -- what the post and the cash desk say ---------------------------------------------------------------------------

-- Released payouts of the asking payer that are not by bank, by run and line as lists name them, in the order asked for;
-- and what was said of each already.
CREATE FUNCTION payments_payouts_found(runs bigint[], numbers integer[])
    RETURNS TABLE (nth bigint, run_id uuid, number integer, channel text, cents bigint, released_on date, is_paid boolean,
                   is_back boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF access_setting('purpose') <> 'payments' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT t.nth, r.id, l.number, l.channel::text, l.amount - l.withheld,
           (SELECT (s.at AT TIME ZONE 'Europe/Riga')::date FROM payments_runstep s
            WHERE s.run_id = r.id AND s.step = 'released'),
           EXISTS (SELECT FROM payments_event e WHERE e.run_id = r.id AND e.number = l.number AND e.kind = 'booked'),
           EXISTS (SELECT FROM payments_event e WHERE e.run_id = r.id AND e.number = l.number AND e.kind <> 'booked')
    FROM unnest(runs, numbers) WITH ORDINALITY AS t (run, number, nth)
    JOIN payments_run r ON r.number = t.run AND r.payer_id = access_uuid('institution') AND r.state = 'released'
    JOIN payments_line l ON l.run_id = r.id AND l.number = t.number AND l.channel <> 'bank' AND l.held = ''
     AND l.amount > l.withheld
    ORDER BY t.nth;
END $$;

-- That payouts were paid, or came back undelivered: whole or not at all, each once, posted at once. What came back was
-- handed out first, and is owed again. How many words were new.
CREATE FUNCTION payments_tell_payouts(of_channel text, runs bigint[], numbers integer[], is_paid boolean[], days date[],
                                      receipts text[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    after bigint := payments_last_event();
    many integer;
BEGIN
    PERFORM payments_require(access_uuid('institution'), 'prepare_payments');
    DROP TABLE IF EXISTS pg_temp.payments_told;
    CREATE TEMP TABLE payments_told ON COMMIT DROP AS
        SELECT t.is_paid, t.day, t.receipt, f.nth, f.run_id, f.number, f.cents, f.is_paid AS was_paid, f.is_back AS was_back,
               f.released_on
        FROM unnest(is_paid, days, receipts) WITH ORDINALITY AS t (is_paid, day, receipt, nth)
        LEFT JOIN payments_payouts_found(runs, numbers) f ON f.nth = t.nth AND f.channel = of_channel;
    IF EXISTS (SELECT FROM pg_temp.payments_told t
               WHERE t.run_id IS NULL OR t.receipt = '' OR t.day < t.released_on OR t.day > (clock_timestamp() AT TIME ZONE 'Europe/Riga')::date
                  OR (CASE WHEN t.is_paid THEN t.was_back ELSE t.was_paid AND NOT t.was_back END))
       OR EXISTS (SELECT FROM pg_temp.payments_told t GROUP BY t.run_id, t.number HAVING count(*) > 1) THEN
        RAISE EXCEPTION 'what is said of payouts does not fit them' USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO payments_event (run_id, number, kind, entry, place, cents, reason, action, "on", at, by_staff, receipt)
        SELECT t.run_id, t.number, 'booked', 0, 0, t.cents, '', '', t.day, clock_timestamp(), access_uuid('staff'),
               t.receipt
        FROM pg_temp.payments_told t WHERE NOT t.was_paid ORDER BY t.nth;
    INSERT INTO payments_event (run_id, number, kind, entry, place, cents, reason, action, "on", at, by_staff, receipt)
        SELECT t.run_id, t.number, 'returned', 0, 0, t.cents, '', 'pay_in_next_run', t.day, clock_timestamp(),
               access_uuid('staff'), t.receipt
        FROM pg_temp.payments_told t WHERE NOT t.is_paid AND NOT t.was_back ORDER BY t.nth;
    SELECT count(*) INTO many FROM pg_temp.payments_told t WHERE NOT t.was_paid;
    DROP TABLE pg_temp.payments_told;
    PERFORM payments_post_events(after);
    RETURN many;
END $$;

-- -- whose a claim, an order or a choice is ------------------------------------------------------------------------

-- The name of whoever staff of a payer have something to do with: somebody of whom there is a claim, an order, a choice, a
-- line or an overpayment. An officer of payments sees no persons otherwise; one who is protected is not named.
CREATE FUNCTION payments_person_told(of_person uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    payer uuid := access_uuid('institution');
BEGIN
    IF access_setting('purpose') IS DISTINCT FROM 'payments' OR NOT (
        EXISTS (SELECT FROM payments_claim c WHERE c.debtor_id = of_person AND c.payer_id = payer)
        OR EXISTS (SELECT FROM payments_withholdingorder o WHERE o.debtor_id = of_person AND o.payer_id = payer)
        OR EXISTS (SELECT FROM payments_payoutchoice c WHERE c.payee_id = of_person AND c.payer_id = payer)
        OR EXISTS (SELECT FROM payments_overpaid o JOIN payments_run r ON r.id = o.run_id
                   WHERE o.payee_id = of_person AND r.payer_id = payer)
        OR EXISTS (SELECT FROM payments_line l JOIN payments_run r ON r.id = l.run_id
                   WHERE l.payee_id = of_person AND r.payer_id = payer)) THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT n.given_names || ' ' || n.surname FROM registry_personname n
            WHERE n.person_id = of_person AND upper_inf(n.recorded) AND n.valid @> CURRENT_DATE AND n.visibility = 0
            LIMIT 1);
END $$;
