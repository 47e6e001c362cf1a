DO $$
DECLARE
    one record;
    names text[] := ARRAY['payments_withholdingrule', 'payments_claim', 'payments_claimpart', 'payments_plan',
                          'payments_withholdingorder', 'payments_writeoff', 'payments_repayment', 'payments_deduction'];
BEGIN
    DROP POLICY of_claims ON payments_ledgerentry;
    FOR one IN SELECT tablename, policyname FROM pg_policies WHERE tablename = ANY (names) LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
    FOR one IN SELECT tgname, tgrelid::regclass AS tablename FROM pg_trigger
               WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY (names) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.tablename);
    END LOOP;
END $$;
DROP TRIGGER run_is_prepared ON payments_run;
DROP TRIGGER refuse_delete ON payments_line;
DROP TRIGGER keep_line ON payments_line;
DROP TRIGGER line_agrees ON payments_line;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON payments_line
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
DROP FUNCTION payments_claim_by, payments_paid_to, payments_payee, payments_post_deductions, payments_withhold, payments_room,
    payments_lines_of, payments_orders_in_force, payments_orders_of, payments_orders_left, payments_deduction_is_kept_back,
    payments_line_keeps_back, payments_line_agrees, payments_keep_line, payments_run_is_prepared,
    payments_settle_repayment, payments_keep_repayment, payments_agree_write_off, payments_require_open,
    payments_settle_plan, payments_settle_claim, payments_post_settled, payments_claim_parts, payments_claim_settled, payments_claims_settled,
    payments_keep_part, payments_keep_order, payments_keep_agreed;
CREATE OR REPLACE FUNCTION payments_items(of_run uuid)
    RETURNS TABLE (number integer, programme text, cents bigint, payee_id uuid, receiver_id uuid, iban text, code text,
                   month date, choice_id uuid)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT l.number, l.programme::text, l.amount - l.withheld, l.payee_id, l.receiver_id, l.iban::text, l.code::text,
           l.month, l.choice_id
    FROM payments_line l WHERE l.run_id = of_run AND l.held = '' AND l.amount > l.withheld AND l.channel = 'bank';
END;
