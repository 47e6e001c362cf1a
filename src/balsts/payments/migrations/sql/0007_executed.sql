-- What the ledger says was spent in months, by programme and right: of lines and of overpayments found by the month in which
-- their run pays, of what came back by the day the bank, the post or the cash desk said so, of claims by the day they were
-- paid back or written off. Every posting to the account of expense is in one of the first three. For the platform alone.
CREATE FUNCTION payments_executed(first_day date, next_day date)
    RETURNS TABLE (programme text, code text, month date, kind text, cents bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET jit = off AS $$
#variable_conflict use_column
DECLARE
    runs uuid[] := ARRAY(SELECT r.id FROM payments_run r WHERE r.month >= first_day AND r.month < next_day);
BEGIN
    IF NOT (SELECT cases_is_platform()) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH by_run AS (
        SELECT p.run_id, p.programme::text AS programme, p.code::text AS code, p.of::text AS of, sum(p.cents) AS cents
        FROM payments_posting p
        WHERE p.run_id = ANY (runs) AND p.account = 'expense' AND p.of IN ('line', 'overpaid') GROUP BY 1, 2, 3, 4
    ), came_back AS (
        SELECT p.programme::text AS programme, p.code::text AS code, date_trunc('month', e."on")::date AS month, p.cents
        FROM payments_event e JOIN payments_ledgerentry n ON n.event_id = e.id JOIN payments_posting p ON p.entry_id = n.id
        WHERE e."on" >= first_day AND e."on" < next_day AND e.kind IN ('returned', 'rejected') AND p.account = 'expense'
    ), of_claims AS (
        SELECT p.programme::text AS programme, p.code::text AS code, p.account::text AS account, p.cents,
               date_trunc('month', COALESCE(r.received_on, (n.at AT TIME ZONE 'Europe/Riga')::date))::date AS month
        FROM payments_ledgerentry n JOIN payments_posting p ON p.entry_id = n.id
        LEFT JOIN payments_repayment r ON r.id = n.repayment_id
        WHERE (n.repayment_id IS NOT NULL OR n.write_off_id IS NOT NULL) AND p.account IN ('repaid', 'write_off')
    )
    SELECT b.programme, b.code, r.month, b.of, sum(b.cents)::bigint
        FROM by_run b JOIN payments_run r ON r.id = b.run_id GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT c.programme, c.code, c.month, 'back', sum(c.cents)::bigint FROM came_back c GROUP BY 1, 2, 3
    UNION ALL
    SELECT c.programme, c.code, c.month, c.account, sum(c.cents)::bigint
        FROM of_claims c WHERE c.month >= first_day AND c.month < next_day GROUP BY 1, 2, 3, 4;
END $$;
