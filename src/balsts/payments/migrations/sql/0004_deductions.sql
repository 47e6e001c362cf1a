-- What runs keep back from lines: read and written while the run is being prepared, and posted when it is released.

-- A run is not committed before its first step: what comes between preparing the lines and it belongs to preparing.
CREATE FUNCTION payments_run_is_prepared() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM payments_runstep s WHERE s.run_id = NEW.id AND s.step = 'prepared') THEN
        RAISE EXCEPTION 'run %: it was not prepared to the end', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER run_is_prepared AFTER INSERT ON payments_run DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_run_is_prepared();
CREATE TRIGGER only_while_prepared AFTER INSERT ON payments_deduction REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION payments_only_while_prepared();

-- Of a line nothing changes but what is kept back from it, once, while its run is being prepared.
DROP TRIGGER refuse_change ON payments_line;
CREATE TRIGGER refuse_delete BEFORE DELETE ON payments_line
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
CREATE FUNCTION payments_keep_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'withheld' <> to_jsonb(OLD) - 'withheld' OR OLD.withheld <> 0
       OR EXISTS (SELECT FROM payments_runstep s WHERE s.run_id = NEW.run_id) THEN
        RAISE EXCEPTION 'what a line says never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_line BEFORE UPDATE ON payments_line FOR EACH ROW EXECUTE FUNCTION payments_keep_line();

-- Asked when the transaction ends: what a line keeps back is what its deductions come to.
CREATE FUNCTION payments_line_agrees(line bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT l.withheld FROM payments_line l WHERE l.id = line)
       IS DISTINCT FROM COALESCE((SELECT sum(d.cents) FROM payments_deduction d WHERE d.line_id = line), 0) THEN
        RAISE EXCEPTION 'line %: its deductions do not come to what it keeps back', line
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
CREATE FUNCTION payments_line_keeps_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_line_agrees(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION payments_deduction_is_kept_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_line_agrees(NEW.line_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER line_agrees AFTER UPDATE ON payments_line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_line_keeps_back();
CREATE CONSTRAINT TRIGGER line_agrees AFTER INSERT ON payments_deduction DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_deduction_is_kept_back();

-- Orders that both people believed in at the moment of the run and nobody has ended since, by whom they are of now. Where
-- the bank does not know the creditor's account, nothing is kept back until somebody has settled that.
CREATE FUNCTION payments_orders_of(of_run payments_run)
    RETURNS TABLE (one payments_withholdingorder, debtor uuid)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT o, COALESCE(d.standing, o.debtor_id)
    FROM payments_withholdingorder o
    LEFT JOIN payments_standing(of_run.snapshot_at) d ON d.person = o.debtor_id
    WHERE o.payer_id = of_run.payer_id AND o.valid @> of_run.pay_on AND o.agreed_at <= of_run.snapshot_at
      AND o.ended_by IS NULL AND NOT EXISTS (
          SELECT FROM payments_matter m WHERE m.iban = o.iban AND o.iban <> '' AND m.action = 'ask_for_account'
             AND m.settled_at IS NULL);
$$;

-- The same with the cents that each may still take in the run: of its sum, of its month, and for a plan of what is open of
-- the claim. Runs that were cancelled took nothing. All orders at once, since a question for each would read as much.
CREATE FUNCTION payments_orders_left(of_run payments_run)
    RETURNS TABLE (one payments_withholdingorder, debtor uuid, cents bigint)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH taken AS (
        SELECT o.matter, sum(d.cents) AS cents, sum(d.cents) FILTER (WHERE r.month = of_run.month) AS in_month
        FROM payments_deduction d
        JOIN payments_withholdingorder o ON o.id = d.order_id
        JOIN payments_run r ON r.id = d.run_id
        WHERE o.payer_id = of_run.payer_id AND r.state <> 'cancelled' GROUP BY 1
    )
    SELECT f.one, f.debtor, LEAST((f.one).total - COALESCE(t.cents, 0), (f.one).monthly - COALESCE(t.in_month, 0),
                                  c.amount - COALESCE(s.cents, 0))::bigint
    FROM payments_orders_of(of_run) f
    LEFT JOIN taken t ON t.matter = (f.one).matter
    LEFT JOIN payments_plan p ON p.id = (f.one).plan_id
    LEFT JOIN payments_claim c ON c.id = p.claim_id
    LEFT JOIN payments_claims_settled(of_run.payer_id, false, NULL) s ON s.claim_id = p.claim_id;
$$;

CREATE FUNCTION payments_orders_in_force(of_run uuid)
    RETURNS TABLE (debtor uuid, order_id uuid, kind text, rank integer, cents bigint, children integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
BEGIN
    SELECT * INTO run FROM payments_run r WHERE r.id = of_run;
    PERFORM payments_require(run.payer_id, 'prepare_payments');
    -- Whoever would end one of them, or take from their claims, waits until the run is there.
    PERFORM FROM payments_withholdingorder o WHERE o.payer_id = run.payer_id AND o.ended_by IS NULL ORDER BY o.id FOR UPDATE;
    PERFORM FROM payments_claim c WHERE c.id IN (
        SELECT p.claim_id FROM payments_withholdingorder o JOIN payments_plan p ON p.id = o.plan_id
        WHERE o.payer_id = run.payer_id AND o.ended_by IS NULL) ORDER BY c.id FOR UPDATE;
    RETURN QUERY
    SELECT o.debtor, (o.one).id, (o.one).kind::text, (o.one).rank::integer, o.cents, (o.one).children::integer
    FROM payments_orders_left(run) o WHERE o.cents > 0;
END $$;

-- Lines of some payees that something may be kept back from: neither held, nor paid again after a bank returned them.
CREATE FUNCTION payments_lines_of(of_run uuid, payees uuid[])
    RETURNS TABLE (payee uuid, line bigint, number integer, code text, cents bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM payments_require((SELECT r.payer_id FROM payments_run r WHERE r.id = of_run), 'prepare_payments');
    RETURN QUERY
    SELECT l.payee_id, l.id, l.number, l.code::text, l.amount
    FROM payments_line l JOIN unnest(payees) p (payee) ON p.payee = l.payee_id
    WHERE l.run_id = of_run AND l.held = '' AND l.kind IN ('current', 'arrears');
END $$;

-- What the rule in force on a day lets an order take from a payment; nothing where there is none or it is open.
CREATE FUNCTION payments_room(of_code text, of_kind text, on_day date, cents bigint, children integer) RETURNS bigint
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT COALESCE((
        SELECT CASE WHEN w.answer <> 'may' THEN 0
                    ELSE LEAST(e.excess, CASE WHEN w.of_excess THEN e.excess ELSE cents END * w.percent / 100) END
        FROM (SELECT * FROM payments_withholdingrule w WHERE w.code = of_code AND w.kind = of_kind AND w.since <= on_day
              ORDER BY w.since DESC LIMIT 1) w
        CROSS JOIN LATERAL (SELECT GREATEST(0, cents - w.floor - LEAST(children * w.floor_child, w.floor_children_most))
                            AS excess) e
    ), 0);
$$;

-- Writes what is kept back, and refuses all of it where one deduction is not due: `lines`, `orders` and `cents` go
-- together. A deduction that goes to a creditor gets the next number in the run after the lines, in the order of lines.
CREATE FUNCTION payments_withhold(of_run uuid, lines bigint[], orders uuid[], cents bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
    wrong text;
BEGIN
    SELECT * INTO run FROM payments_run r WHERE r.id = of_run;
    PERFORM payments_require(run.payer_id, 'prepare_payments');
    IF EXISTS (SELECT FROM payments_deduction d WHERE d.run_id = of_run) THEN
        RAISE EXCEPTION 'run %: what it keeps back is written once', of_run USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM payments_orders_in_force(of_run);  -- holds them, if nobody asked before
    INSERT INTO payments_deduction (run_id, line_id, order_id, cents, number)
        SELECT of_run, l.id, o.id, g.cents, CASE WHEN o.kind <> 'recovery' THEN
                   (SELECT max(n.number) FROM payments_line n WHERE n.run_id = of_run)
                   + row_number() OVER (PARTITION BY o.kind = 'recovery' ORDER BY l.number, g.nth) END
        FROM unnest(lines, orders, cents) WITH ORDINALITY AS g (line, one, cents, nth)
        JOIN payments_line l ON l.id = g.line
        JOIN payments_withholdingorder o ON o.id = g.one
        ORDER BY l.number, g.nth;
    WITH in_force AS MATERIALIZED (SELECT (o.one).id AS name, o.debtor, o.cents FROM payments_orders_left(run) o)
    SELECT min(x.what) INTO wrong FROM (
        SELECT 'a line that nothing is kept back from' AS what FROM payments_deduction d
            JOIN payments_line l ON l.id = d.line_id
            WHERE d.run_id = of_run AND (l.run_id <> of_run OR l.held <> '' OR l.kind NOT IN ('current', 'arrears'))
        UNION ALL SELECT 'an order that is not in force or not of this payee' FROM payments_deduction d
            JOIN payments_line l ON l.id = d.line_id
            WHERE d.run_id = of_run AND (d.order_id, l.payee_id) NOT IN (SELECT f.name, f.debtor FROM in_force f)
        UNION ALL SELECT 'more than an order may still take' FROM in_force f
            WHERE f.cents < 0 AND f.name IN (SELECT d.order_id FROM payments_deduction d WHERE d.run_id = of_run)
        UNION ALL SELECT 'more than the rule of the right leaves room for' FROM payments_deduction d
            JOIN payments_line l ON l.id = d.line_id JOIN payments_withholdingorder o ON o.id = d.order_id
            WHERE d.run_id = of_run
            GROUP BY l.id HAVING sum(d.cents) > max(payments_room(l.code, o.kind, run.pay_on, l.amount, o.children))
              OR bool_or(payments_room(l.code, o.kind, run.pay_on, l.amount, o.children) = 0)
    ) x;
    IF wrong IS NOT NULL OR cardinality(lines) <> (SELECT count(*) FROM payments_deduction d WHERE d.run_id = of_run) THEN
        RAISE EXCEPTION 'run %: it would keep back from %', of_run, COALESCE(wrong, 'what is not there')
            USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE payments_line l SET withheld = d.cents
        FROM (SELECT line_id, sum(cents) AS cents FROM payments_deduction WHERE run_id = of_run GROUP BY 1) d
        WHERE l.id = d.line_id;
END $$;

-- Posts lines that keep something back, each by one statement: all of it is spent; the payee is owed what is left; the rest
-- is owed to creditors, or less of a claim, whose parts are paid back first to last.
CREATE FUNCTION payments_post_deductions(of_run uuid) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    payer uuid := (SELECT r.payer_id FROM payments_run r WHERE r.id = of_run);
BEGIN
    INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, person_id, cents)
    WITH kept AS (
        SELECT e.id AS entry, l.* FROM payments_line l JOIN payments_ledgerentry e ON e.line_id = l.id
        WHERE l.run_id = of_run AND l.withheld > 0
    ), recovered AS (
        SELECT d.id, d.line_id, c.id AS claim, c.debtor_id, d.cents,
               COALESCE(s.cents, 0) + (sum(d.cents) OVER (PARTITION BY c.id ORDER BY d.id))::bigint AS settled
        FROM payments_deduction d
        JOIN payments_withholdingorder o ON o.id = d.order_id
        JOIN payments_plan p ON p.id = o.plan_id
        JOIN payments_claim c ON c.id = p.claim_id
        LEFT JOIN payments_claims_settled(payer, true, of_run) s ON s.claim_id = c.id
        WHERE d.run_id = of_run
    ), sides AS (
        SELECT k.entry, k.number, side.account, k.programme, k.code, k.month, side.person, side.cents, side.nth
        FROM kept k
        CROSS JOIN LATERAL (VALUES ('expense', NULL::uuid, k.amount, 0::bigint),
                                   ('payable', k.payee_id, k.withheld - k.amount, 1)) AS side (account, person, cents, nth)
        UNION ALL
        SELECT k.entry, k.number, 'creditor', k.programme, k.code, k.month, k.payee_id, -d.cents, d.id
        FROM kept k
        JOIN payments_deduction d ON d.line_id = k.id
        JOIN payments_withholdingorder o ON o.id = d.order_id AND o.plan_id IS NULL
        UNION ALL
        SELECT k.entry, k.number, 'claim', p.programme, p.code, p.month, r.debtor_id, -p.cents, r.id
        FROM kept k
        JOIN recovered r ON r.line_id = k.id
        CROSS JOIN LATERAL payments_claim_parts(r.claim, r.settled - r.cents, r.settled) p
    )
    SELECT s.entry, of_run, s.number, 'line', s.account, s.programme, s.code, s.month, s.person, s.cents FROM sides s
    WHERE s.cents <> 0 ORDER BY s.entry, s.nth, s.month, s.code;
END $$;

-- What a run gives the bank to transfer, by number: what is left of lines, and after them what goes to creditors.
CREATE OR REPLACE FUNCTION payments_items(of_run uuid)
    RETURNS TABLE (number integer, programme text, cents bigint, payee_id uuid, receiver_id uuid, iban text, code text,
                   month date, choice_id uuid)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT l.number, l.programme::text, l.amount - l.withheld, l.payee_id, l.receiver_id, l.iban::text, l.code::text,
           l.month, l.choice_id
    FROM payments_line l WHERE l.run_id = of_run AND l.held = '' AND l.amount > l.withheld AND l.channel = 'bank'
    UNION ALL
    SELECT d.number, l.programme::text, d.cents, l.payee_id, NULL::uuid, o.iban::text, l.code::text, l.month, NULL::uuid
    FROM payments_deduction d
    JOIN payments_line l ON l.id = d.line_id
    JOIN payments_withholdingorder o ON o.id = d.order_id
    WHERE d.run_id = of_run AND d.number IS NOT NULL;
END;
