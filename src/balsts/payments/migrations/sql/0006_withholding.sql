-- Withholding: claims, plans, orders and write-offs take two people; deductions are written by a function alone, while the
-- run is being prepared. All sums are held to here, whoever writes.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['withholdingrule', 'claim', 'claimpart', 'plan', 'withholdingorder', 'writeoff',
                                'repayment', 'deduction'] LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM balsts_app', 'payments_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['claim', 'claimpart', 'plan', 'withholdingorder', 'writeoff', 'repayment'] LOOP
        EXECUTE format('GRANT INSERT ON %I TO balsts_app', 'payments_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['claim', 'plan', 'withholdingorder', 'writeoff'] LOOP
        EXECUTE format('GRANT UPDATE (agreed_by, ended_by, ended_because) ON %I TO balsts_app', 'payments_' || name);
        EXECUTE format('CREATE TRIGGER refuse_delete BEFORE DELETE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'payments_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['repayment', 'deduction'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'payments_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['claim', 'claimpart', 'plan', 'withholdingorder', 'writeoff', 'repayment',
                                'deduction'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'payments_' || name);
    END LOOP;
END $$;

-- -- two people ----------------------------------------------------------------------------------------------------

-- Whoever states is who acts and may; another one, who may approve, agrees; belief ends once, for a reason. What is posted
-- when it is agreed to (claims, write-offs) is not ended but answered by another event. A plan's order is made with it.
CREATE FUNCTION payments_keep_agreed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    said jsonb := to_jsonb(NEW);
    later text[] := ARRAY['agreed_by', 'agreed_at', 'ended_by', 'ended_at', 'ended_because'];
    office uuid := COALESCE((said ->> 'payer_id')::uuid,
                            (SELECT c.payer_id FROM payments_claim c WHERE c.id = (said ->> 'claim_id')::uuid));
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF said ->> 'kind' = 'recovery' THEN
            RETURN NEW;
        END IF;
        PERFORM payments_require(office, 'prepare_payments');
        IF NEW.by_staff IS DISTINCT FROM access_uuid('staff') OR NEW.agreed_by IS NOT NULL OR NEW.ended_by IS NOT NULL THEN
            RAISE EXCEPTION '%: it is stated by who acts, and agreed to by another', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF said - later <> to_jsonb(OLD) - later OR OLD.ended_by IS NOT NULL
       OR (NEW.agreed_by IS DISTINCT FROM OLD.agreed_by) = (NEW.ended_by IS NOT NULL) THEN
        RAISE EXCEPTION '%: it is agreed to once and ended once; nothing else about it changes', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    ELSIF NEW.ended_by IS NULL THEN
        PERFORM payments_require(office, 'approve_payments');
        IF OLD.agreed_by IS NOT NULL OR NEW.agreed_by IS DISTINCT FROM access_uuid('staff') THEN
            RAISE EXCEPTION '%: it is agreed to once, by who acts', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.agreed_at := clock_timestamp();
    ELSE
        PERFORM payments_require(office, CASE WHEN access_setting('abilities') ~ '(^|,)prepare_payments(,|$)'
                                              THEN 'prepare_payments' ELSE 'approve_payments' END);
        IF NEW.ended_by IS DISTINCT FROM access_uuid('staff') OR NEW.ended_because = ''
           OR TG_TABLE_NAME IN ('payments_claim', 'payments_writeoff') AND OLD.agreed_by IS NOT NULL THEN
            RAISE EXCEPTION '%: it is ended by who acts, for a reason, and not once it is posted', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.ended_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['claim', 'plan', 'withholdingorder', 'writeoff'] LOOP
        EXECUTE format('CREATE TRIGGER keep_agreed BEFORE INSERT OR UPDATE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION payments_keep_agreed()', 'payments_' || name);
    END LOOP;
END $$;

-- A change of an order keeps whose it is, and of what kind.
CREATE FUNCTION payments_keep_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM payments_withholdingorder o WHERE o.matter = NEW.matter
               AND (o.payer_id, o.debtor_id, o.kind) IS DISTINCT FROM (NEW.payer_id, NEW.debtor_id, NEW.kind)) THEN
        RAISE EXCEPTION 'an order keeps its payer, debtor and kind' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_matter BEFORE INSERT ON payments_withholdingorder
    FOR EACH ROW EXECUTE FUNCTION payments_keep_order();

-- -- claims --------------------------------------------------------------------------------------------------------

-- A part is added by who states the claim, before anybody agrees: of an overpayment of that debtor that was released.
CREATE FUNCTION payments_keep_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'stands' <> to_jsonb(OLD) - 'stands' OR NEW.stands THEN
            RAISE EXCEPTION 'a part of a claim never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM payments_claim c WHERE c.id = NEW.claim_id AND c.by_staff = access_uuid('staff')
                   AND c.agreed_by IS NULL AND c.ended_by IS NULL) OR NOT NEW.stands THEN
        RAISE EXCEPTION 'parts are added by who states the claim, before it is agreed to'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM payments_overpaid o
        JOIN payments_run r ON r.id = o.run_id
        JOIN payments_claim c ON c.id = NEW.claim_id
        LEFT JOIN payments_standing(clock_timestamp()) d ON d.person = o.payee_id
        LEFT JOIN payments_standing(clock_timestamp()) s ON s.person = c.debtor_id
        WHERE o.id = NEW.overpaid_id AND r.state = 'released' AND r.payer_id = c.payer_id AND NEW.cents <= o.amount
          AND COALESCE(d.standing, o.payee_id) = COALESCE(s.standing, c.debtor_id)) THEN
        RAISE EXCEPTION 'a part is of an overpayment of the debtor that was released, and not more than it'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_part BEFORE INSERT OR UPDATE ON payments_claimpart
    FOR EACH ROW EXECUTE FUNCTION payments_keep_part();
CREATE TRIGGER refuse_delete BEFORE DELETE ON payments_claimpart
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();

-- What of a claim is paid back or given up: for the books, what was released; for what may still be taken, also what runs
-- that are not cancelled will keep back. `without` leaves a run out.
CREATE FUNCTION payments_claim_settled(of_claim uuid, is_for_books boolean, without uuid) RETURNS bigint
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (COALESCE((
        SELECT sum(d.cents) FROM payments_plan p
        JOIN payments_withholdingorder o ON o.plan_id = p.id
        JOIN payments_deduction d ON d.order_id = o.id
        JOIN payments_run r ON r.id = d.run_id
        WHERE p.claim_id = of_claim AND r.id IS DISTINCT FROM without
          AND CASE WHEN is_for_books THEN r.state = 'released' ELSE r.state <> 'cancelled' END
    ), 0) + COALESCE((
        SELECT sum(w.cents) FROM payments_writeoff w WHERE w.claim_id = of_claim AND w.agreed_by IS NOT NULL
    ), 0) + COALESCE((SELECT sum(b.cents) FROM payments_repayment b WHERE b.claim_id = of_claim), 0))::bigint;
$$;

-- The parts of a claim, first to last, that lie between two sums of it: so what is paid back is posted to their accounts.
CREATE FUNCTION payments_claim_parts(of_claim uuid, since bigint, until bigint)
    RETURNS TABLE (programme text, code text, month date, cents bigint)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT x.programme, x.code, x.month, LEAST(x.upto, until) - GREATEST(x.upto - x.cents, since)
    FROM (SELECT o.programme, o.code, o.month, p.cents, (sum(p.cents) OVER (ORDER BY p.id))::bigint AS upto
          FROM payments_claimpart p JOIN payments_overpaid o ON o.id = p.overpaid_id
          WHERE p.claim_id = of_claim AND p.stands) x
    WHERE x.upto > since AND x.upto - x.cents < until;
$$;

-- Posts that a sum of a claim, beyond what is settled of it, went to an account.
CREATE FUNCTION payments_post_settled(entry bigint, of_claim uuid, settled bigint, cents bigint, account text)
    RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO payments_posting (entry_id, account, programme, code, month, person_id, cents)
        SELECT entry, side.account, p.programme, p.code, p.month, c.debtor_id, side.cents
        FROM payments_claim c
        CROSS JOIN payments_claim_parts(of_claim, settled, settled + payments_post_settled.cents) p
        CROSS JOIN LATERAL (VALUES (payments_post_settled.account, p.cents), ('claim', -p.cents)) AS side (account, cents)
        WHERE c.id = of_claim;
$$;

-- Posts a claim that was agreed to; the overpayments of one that was withdrawn before may be claimed again.
CREATE FUNCTION payments_settle_claim() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    entry bigint;
BEGIN
    IF NEW.ended_by IS NOT NULL THEN
        UPDATE payments_claimpart SET stands = false WHERE claim_id = NEW.id;
        RETURN NULL;
    END IF;
    IF NEW.amount IS DISTINCT FROM (SELECT sum(p.cents) FROM payments_claimpart p WHERE p.claim_id = NEW.id) THEN
        RAISE EXCEPTION 'claim %: its parts do not come to its amount', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO payments_ledgerentry (claim_id, at) VALUES (NEW.id, clock_timestamp()) RETURNING id INTO entry;
    INSERT INTO payments_posting (entry_id, account, programme, code, month, person_id, cents)
        SELECT entry, side.account, o.programme, o.code, o.month, side.person, side.cents
        FROM payments_claimpart p JOIN payments_overpaid o ON o.id = p.overpaid_id
        CROSS JOIN LATERAL (VALUES ('claim', NEW.debtor_id, p.cents), ('overpaid', o.payee_id, -p.cents))
            AS side (account, person, cents)
        WHERE p.claim_id = NEW.id ORDER BY p.id;
    RETURN NULL;
END $$;
CREATE TRIGGER settle_claim AFTER UPDATE ON payments_claim FOR EACH ROW EXECUTE FUNCTION payments_settle_claim();

-- A plan that is agreed to takes the place of the one before; what is withheld by it is an order from its month on.
CREATE FUNCTION payments_settle_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    claim payments_claim;
BEGIN
    SELECT * INTO claim FROM payments_claim WHERE id = NEW.claim_id;
    IF NEW.ended_by IS NOT NULL THEN
        UPDATE payments_withholdingorder SET ended_by = NEW.ended_by, ended_because = NEW.ended_because
            WHERE plan_id = NEW.id AND ended_by IS NULL;
        RETURN NULL;
    END IF;
    IF claim.agreed_by IS NULL THEN
        RAISE EXCEPTION 'a plan is of a claim that is agreed to' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE payments_plan SET ended_by = NEW.agreed_by, ended_because = 'another plan'
        WHERE claim_id = NEW.claim_id AND id <> NEW.id AND agreed_by IS NOT NULL AND ended_by IS NULL;
    IF NEW.is_withheld THEN
        INSERT INTO payments_withholdingorder (id, payer_id, debtor_id, matter, kind, rank, valid, monthly, children,
                                               creditor, iban, reference, plan_id, by_staff, at, agreed_by, agreed_at,
                                               ended_because)
            VALUES (gen_random_uuid(), claim.payer_id, claim.debtor_id, gen_random_uuid(), 'recovery', 9,
                    daterange(NEW.since, NULL), NEW.monthly, 0, '', '', '', NEW.id, NEW.by_staff, NEW.at, NEW.agreed_by,
                    NEW.agreed_at, '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER settle_plan AFTER UPDATE ON payments_plan FOR EACH ROW EXECUTE FUNCTION payments_settle_plan();

-- Never more than is open: whoever else takes from the claim waits for its row.
CREATE FUNCTION payments_require_open(of_claim uuid, cents bigint) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    claim payments_claim;
BEGIN
    SELECT * INTO claim FROM payments_claim WHERE id = of_claim FOR UPDATE;
    IF claim.agreed_by IS NULL OR cents > claim.amount - payments_claim_settled(of_claim, false, NULL) THEN
        RAISE EXCEPTION 'claim %: % cents are more than is open', of_claim, cents USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE FUNCTION payments_agree_write_off() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    entry bigint;
BEGIN
    IF NEW.ended_by IS NOT NULL THEN
        RETURN NEW;
    END IF;
    PERFORM payments_require_open(NEW.claim_id, NEW.cents);
    INSERT INTO payments_ledgerentry (write_off_id, at) VALUES (NEW.id, clock_timestamp()) RETURNING id INTO entry;
    PERFORM payments_post_settled(entry, NEW.claim_id, payments_claim_settled(NEW.claim_id, true, NULL), NEW.cents,
                                  'write_off');
    RETURN NEW;
END $$;
-- Before the row is agreed to, so that it does not count as settled yet; after the trigger that keeps it (by name).
CREATE TRIGGER settle_write_off BEFORE UPDATE ON payments_writeoff
    FOR EACH ROW EXECUTE FUNCTION payments_agree_write_off();

CREATE FUNCTION payments_keep_repayment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_require((SELECT c.payer_id FROM payments_claim c WHERE c.id = NEW.claim_id), 'prepare_payments');
    IF NEW.by_staff IS DISTINCT FROM access_uuid('staff') THEN
        RAISE EXCEPTION 'a repayment is recorded by who acts' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM payments_require_open(NEW.claim_id, NEW.cents);
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE FUNCTION payments_settle_repayment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    entry bigint;
BEGIN
    INSERT INTO payments_ledgerentry (repayment_id, at) VALUES (NEW.id, clock_timestamp()) RETURNING id INTO entry;
    PERFORM payments_post_settled(entry, NEW.claim_id, payments_claim_settled(NEW.claim_id, true, NULL) - NEW.cents,
                                  NEW.cents, 'repaid');
    RETURN NULL;
END $$;
CREATE TRIGGER keep_repayment BEFORE INSERT ON payments_repayment
    FOR EACH ROW EXECUTE FUNCTION payments_keep_repayment();
CREATE TRIGGER settle_repayment AFTER INSERT ON payments_repayment
    FOR EACH ROW EXECUTE FUNCTION payments_settle_repayment();

-- -- deductions ----------------------------------------------------------------------------------------------------

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

-- Cents that an order may still take in a run: of its sum, of its month, and for a plan of what is open of the claim.
-- Runs that were cancelled took nothing.
CREATE FUNCTION payments_order_left(one payments_withholdingorder, of_run payments_run) RETURNS bigint
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT LEAST(one.total - t.taken, one.monthly - t.taken_in_month, (
        SELECT c.amount - payments_claim_settled(c.id, false, NULL)
        FROM payments_plan p JOIN payments_claim c ON c.id = p.claim_id WHERE p.id = one.plan_id
    ))::bigint
    FROM (
        SELECT COALESCE(sum(d.cents), 0) AS taken,
               COALESCE(sum(d.cents) FILTER (WHERE r.month = of_run.month), 0) AS taken_in_month
        FROM payments_withholdingorder o
        JOIN payments_deduction d ON d.order_id = o.id
        JOIN payments_run r ON r.id = d.run_id
        WHERE o.matter = one.matter AND r.state <> 'cancelled'
    ) t;
$$;

-- Orders that both people believed in at the moment of the run and nobody has ended since, by whom they are of now.
CREATE FUNCTION payments_orders_of(of_run payments_run)
    RETURNS TABLE (one payments_withholdingorder, debtor uuid)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT o, COALESCE(d.standing, o.debtor_id)
    FROM payments_withholdingorder o
    LEFT JOIN payments_standing(of_run.snapshot_at) d ON d.person = o.debtor_id
    WHERE o.payer_id = of_run.payer_id AND o.valid @> of_run.pay_on AND o.agreed_at <= of_run.snapshot_at
      AND o.ended_by IS NULL;
$$;

CREATE FUNCTION payments_orders_in_force(of_run uuid)
    RETURNS TABLE (debtor uuid, order_id uuid, kind text, rank integer, cents bigint, children integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
BEGIN
    SELECT * INTO run FROM payments_run r WHERE r.id = of_run;
    PERFORM payments_require(run.payer_id, 'prepare_payments');
    RETURN QUERY
    SELECT o.debtor, (o.one).id, (o.one).kind::text, (o.one).rank::integer, l.cents, (o.one).children::integer
    FROM payments_orders_of(run) o CROSS JOIN LATERAL (SELECT payments_order_left(o.one, run) AS cents) l
    WHERE l.cents > 0;
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
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
    -- Write-offs and repayments of the same claims wait; other runs of the payer wait already (`payments_prepare`).
    PERFORM FROM payments_claim c WHERE c.id IN (
        SELECT p.claim_id FROM payments_withholdingorder o JOIN payments_plan p ON p.id = o.plan_id
        WHERE o.id = ANY (orders)) ORDER BY c.id FOR UPDATE;
    INSERT INTO payments_deduction (run_id, line_id, order_id, cents, number)
        SELECT of_run, l.id, o.id, g.cents, CASE WHEN o.kind <> 'recovery' THEN
                   (SELECT max(n.number) FROM payments_line n WHERE n.run_id = of_run)
                   + row_number() OVER (PARTITION BY o.kind = 'recovery' ORDER BY l.number, g.nth) END
        FROM unnest(lines, orders, cents) WITH ORDINALITY AS g (line, one, cents, nth)
        JOIN payments_line l ON l.id = g.line
        JOIN payments_withholdingorder o ON o.id = g.one
        ORDER BY l.number, g.nth;
    SELECT min(x.what) INTO wrong FROM (
        SELECT 'a line that nothing is kept back from' AS what FROM payments_deduction d
            JOIN payments_line l ON l.id = d.line_id
            WHERE d.run_id = of_run AND (l.run_id <> of_run OR l.held <> '' OR l.kind NOT IN ('current', 'arrears'))
        UNION ALL SELECT 'an order that is not in force or not of this payee' FROM payments_deduction d
            JOIN payments_line l ON l.id = d.line_id
            WHERE d.run_id = of_run AND NOT EXISTS (
                SELECT FROM payments_orders_of(run) o WHERE (o.one).id = d.order_id AND o.debtor = l.payee_id)
        UNION ALL SELECT 'more than an order may still take' FROM payments_withholdingorder o
            WHERE o.id IN (SELECT d.order_id FROM payments_deduction d WHERE d.run_id = of_run)
              AND payments_order_left(o, run) < 0
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
BEGIN
    INSERT INTO payments_posting (entry_id, account, programme, code, month, person_id, cents)
    WITH kept AS (
        SELECT e.id AS entry, l.* FROM payments_line l JOIN payments_ledgerentry e ON e.line_id = l.id
        WHERE l.run_id = of_run AND l.withheld > 0
    ), recovered AS (
        SELECT d.id, d.line_id, c.id AS claim, c.debtor_id, d.cents,
               payments_claim_settled(c.id, true, of_run)
               + (sum(d.cents) OVER (PARTITION BY c.id ORDER BY d.id))::bigint AS settled
        FROM payments_deduction d
        JOIN payments_withholdingorder o ON o.id = d.order_id
        JOIN payments_plan p ON p.id = o.plan_id
        JOIN payments_claim c ON c.id = p.claim_id
        WHERE d.run_id = of_run
    ), sides AS (
        SELECT k.entry, side.account, k.programme, k.code, k.month, side.person, side.cents, side.nth
        FROM kept k
        CROSS JOIN LATERAL (VALUES ('expense', NULL::uuid, k.amount, 0::bigint),
                                   ('payable', k.payee_id, k.withheld - k.amount, 1)) AS side (account, person, cents, nth)
        UNION ALL
        SELECT k.entry, 'creditor', k.programme, k.code, k.month, k.payee_id, -d.cents, d.id
        FROM kept k
        JOIN payments_deduction d ON d.line_id = k.id
        JOIN payments_withholdingorder o ON o.id = d.order_id AND o.plan_id IS NULL
        UNION ALL
        SELECT k.entry, 'claim', p.programme, p.code, p.month, r.debtor_id, -p.cents, r.id
        FROM kept k
        JOIN recovered r ON r.line_id = k.id
        CROSS JOIN LATERAL payments_claim_parts(r.claim, r.settled - r.cents, r.settled) p
    )
    SELECT s.entry, s.account, s.programme, s.code, s.month, s.person, s.cents FROM sides s
    WHERE s.cents <> 0 ORDER BY s.entry, s.nth, s.month, s.code;
END $$;
