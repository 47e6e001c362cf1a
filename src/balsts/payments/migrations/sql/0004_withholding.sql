-- Claims, plans, orders and write-offs take two people; what is settled of a claim is posted by the database. What runs
-- keep back stands in `0004_deductions.sql`.

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
        IF pg_trigger_depth() > 1 THEN  -- made by the database, with what was agreed to
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

-- What of each claim of a payer is paid back or given up: for the books, what was released; for what may still be taken,
-- also what runs that are not cancelled will keep back. `without` leaves a run out.
CREATE FUNCTION payments_claims_settled(payer uuid, is_for_books boolean, without uuid)
    RETURNS TABLE (claim_id uuid, cents bigint) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT x.claim_id, sum(x.cents)::bigint FROM (
        SELECT p.claim_id, d.cents FROM payments_deduction d
        JOIN payments_withholdingorder o ON o.id = d.order_id
        JOIN payments_plan p ON p.id = o.plan_id
        JOIN payments_run r ON r.id = d.run_id
        WHERE o.payer_id = payer AND r.id IS DISTINCT FROM without
          AND CASE WHEN is_for_books THEN r.state = 'released' ELSE r.state <> 'cancelled' END
        UNION ALL
        SELECT w.claim_id, w.cents FROM payments_writeoff w JOIN payments_claim c ON c.id = w.claim_id
        WHERE c.payer_id = payer AND w.agreed_by IS NOT NULL
        UNION ALL
        SELECT b.claim_id, b.cents FROM payments_repayment b JOIN payments_claim c ON c.id = b.claim_id
        WHERE c.payer_id = payer
    ) x GROUP BY 1;
$$;
CREATE FUNCTION payments_claim_settled(of_claim uuid, is_for_books boolean, without uuid) RETURNS bigint
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT COALESCE((SELECT s.cents FROM payments_claim c, payments_claims_settled(c.payer_id, is_for_books, without) s
                     WHERE c.id = of_claim AND s.claim_id = of_claim), 0)::bigint;
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
