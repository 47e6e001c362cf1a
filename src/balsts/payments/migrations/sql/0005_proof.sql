-- Proof of the books, line by line: what decisions, lines, the ledger, files and the bank say of each. `0005_sums.sql` adds
-- the same up without comparing lines, and says where it is worth comparing them.

-- Keys whose lines are not what awards come to, of a right and month each that are named; of all, where none are. A key
-- of a run counts what earlier ones wrote too. `sum_decided` is the sums themselves.
CREATE FUNCTION payments_proof_of_keys(of_run uuid, codes text[], months date[])
    RETURNS TABLE (what text, number integer, code text, month date, expected bigint, found bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
    step bigint;
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
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
        FROM (
            SELECT * FROM payments_owed(run.payer_id, run.snapshot_at, run.month, run.last_move) x
            WHERE codes IS NULL OR (x.code, x.month) IN (SELECT * FROM unnest(codes, months))
        ) o
        FULL JOIN (
            SELECT * FROM payments_written(run.payer_id, run.snapshot_at, run.month, step, run.last_event, run.last_move) x
            WHERE codes IS NULL OR (x.code, x.month) IN (SELECT * FROM unnest(codes, months))
        ) w USING (case_id, payee_id, code, month)
        LEFT JOIN held h USING (case_id, payee_id, code, month)
        CROSS JOIN LATERAL (SELECT code::text AS code, month AS month) k
    )
    SELECT 'sum_decided', NULL::integer, NULL::text, NULL::date, sum(k.decided)::bigint, sum(k.written)::bigint
        FROM keys k
    UNION ALL (
        SELECT 'decided', o.number, k.code, k.month, k.decided, k.written
        FROM keys k LEFT JOIN own o USING (case_id, payee_id, code, month)
        WHERE k.decided <> k.written
        ORDER BY k.payee_id, k.code, k.month
    );
END $$;

-- Where lines and the ledger of a run differ. `posted`: a line or overpayment whose postings to its programme, right and
-- month are not what it says; `withheld`: a line whose deductions or their postings are not what it keeps back;
-- `balanced`: a line, an overpayment or a word of the bank of which the postings do not sum to zero.
CREATE FUNCTION payments_proof_of_lines(of_run uuid)
    RETURNS TABLE (what text, number integer, code text, month date, expected bigint, found bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    RETURN QUERY
    WITH items AS (
        SELECT 'line' AS kind, l.number, l.programme, l.code, l.month, l.amount FROM payments_line l
        WHERE l.run_id = of_run AND l.held = ''
        UNION ALL
        SELECT 'overpaid', o.number, o.programme, o.code, o.month, -o.amount FROM payments_overpaid o
        WHERE o.run_id = of_run
    ), spent AS (
        SELECT p.of AS kind, p.number, p.programme, p.code, p.month, sum(p.cents)::bigint AS cents
        FROM payments_posting p
        WHERE p.run_id = of_run AND p.of IN ('line', 'overpaid') AND p.account = 'expense' GROUP BY 1, 2, 3, 4, 5
    ), posted AS (
        SELECT number, code, month, COALESCE(i.amount, 0) AS amount, COALESCE(s.cents, 0) AS cents
        FROM items i FULL JOIN spent s USING (kind, number, programme, code, month)
        WHERE run.state = 'released'
    ), owed_on AS (
        SELECT p.number, -sum(p.cents)::bigint AS cents FROM payments_posting p
        WHERE p.run_id = of_run AND p.of = 'line' AND p.account IN ('claim', 'creditor') GROUP BY 1
    ), kept AS (
        SELECT l.number, l.code, l.month, l.withheld, COALESCE((
                   SELECT sum(d.cents) FROM payments_deduction d WHERE d.line_id = l.id), 0)::bigint AS cents,
               CASE WHEN run.state = 'released' THEN COALESCE(o.cents, 0) ELSE l.withheld END AS posted
        FROM (SELECT l.id FROM payments_line l WHERE l.run_id = of_run AND l.withheld > 0
              UNION SELECT d.line_id FROM payments_deduction d WHERE d.run_id = of_run
              UNION SELECT l.id FROM owed_on o JOIN payments_line l ON l.run_id = of_run AND l.number = o.number) x
        JOIN payments_line l ON l.id = x.id
        LEFT JOIN owed_on o ON o.number = l.number
    )
    SELECT 'sum_posted', NULL::integer, NULL::text, NULL::date, sum(p.amount)::bigint, sum(p.cents)::bigint FROM posted p
    UNION ALL SELECT 'sum_withheld', NULL, NULL, NULL, sum(k.withheld)::bigint, sum(k.cents)::bigint FROM kept k
    UNION ALL (
        SELECT 'posted', p.number, p.code::text, p.month, p.amount, p.cents
        FROM posted p WHERE p.amount <> p.cents ORDER BY p.number, p.code, p.month, p.amount DESC
    )
    UNION ALL (
        SELECT 'withheld', k.number, k.code::text, k.month, k.withheld,
               CASE WHEN k.withheld = k.cents THEN k.posted ELSE k.cents END
        FROM kept k WHERE k.withheld <> k.cents OR k.withheld <> k.posted ORDER BY k.number
    )
    UNION ALL (
        SELECT 'balanced', min(p.number), min(p.code)::text, min(p.month), 0::bigint, sum(p.cents)::bigint
        FROM payments_posting p WHERE p.run_id = of_run
        GROUP BY p.of, p.number HAVING sum(p.cents) <> 0 ORDER BY 2, p.of
    );
END $$;

-- What a run gave the bank, what the bank said of it, and what the books have of both. `filed`: an item that is in no file
-- though the run is; `told`: a word of the bank, the post or the cash desk whose postings are not what it says.
-- `sum_waiting` is what was sent and of which nothing was said yet: that is no difference.
CREATE FUNCTION payments_proof_at_bank(of_run uuid)
    RETURNS TABLE (what text, number integer, code text, month date, expected bigint, found bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    RETURN QUERY
    WITH items AS MATERIALIZED (
        SELECT i.number, i.code, i.month, i.cents, f.id AS file_id FROM payments_items(of_run) i
        LEFT JOIN payments_bankfile f ON f.run_id = of_run AND f.programme = i.programme
         AND i.number BETWEEN f.first AND f.last
        WHERE run.is_filed
    ), others AS MATERIALIZED (
        SELECT l.number, l.channel, l.amount - l.withheld AS cents FROM payments_line l
        WHERE l.run_id = of_run AND l.channel <> 'bank' AND l.held = '' AND l.amount > l.withheld
          AND run.state = 'released'
    ), events AS MATERIALIZED (
        SELECT e.number, e.kind, e.cents, d.id IS NOT NULL AS is_creditors, COALESCE(w.channel, 'bank') AS goes
        FROM payments_event e
        LEFT JOIN payments_deduction d ON d.run_id = of_run AND d.number = e.number
        LEFT JOIN others w ON w.number = e.number
        WHERE e.run_id = of_run
    ), posted AS (
        SELECT p.of AS kind, p.number, COALESCE(sum(p.cents) FILTER (WHERE p.account = 'bank'), 0)::bigint AS bank,
               COALESCE(sum(p.cents) FILTER (WHERE p.account = 'post'), 0)::bigint AS post,
               COALESCE(sum(p.cents) FILTER (WHERE p.account = 'cash'), 0)::bigint AS cash,
               COALESCE(sum(p.cents) FILTER (WHERE p.account = 'expense'), 0)::bigint AS expense
        FROM payments_posting p
        WHERE p.run_id = of_run AND p.of IN ('booked', 'returned', 'rejected') GROUP BY 1, 2
    ), told AS (
        SELECT number, kind, COALESCE(CASE e.goes WHEN 'post' THEN p.post WHEN 'cash' THEN p.cash ELSE p.bank END, 0) AS money,
               e.goes <> 'bank' AND p.bank <> 0 OR e.goes <> 'post' AND p.post <> 0 OR e.goes <> 'cash' AND p.cash <> 0
                   AS is_elsewhere,
               COALESCE(p.expense, 0) AS expense,
               CASE kind WHEN 'booked' THEN -e.cents WHEN 'returned' THEN e.cents ELSE 0 END AS of_money,
               CASE WHEN kind = 'booked' OR e.is_creditors THEN 0 ELSE -e.cents END AS of_expense
        FROM events e FULL JOIN posted p USING (kind, number)
    )
    SELECT 'sum_filed', NULL::integer, NULL::text, NULL::date, COALESCE(sum(i.cents), 0)::bigint,
           COALESCE((SELECT sum(f.cents) FROM payments_bankfile f WHERE f.run_id = of_run), 0)::bigint FROM items i
        WHERE run.is_filed HAVING run.is_filed
    UNION ALL SELECT 'sum_paid', NULL, NULL, NULL, COALESCE(sum(-t.of_money), 0)::bigint,
                     COALESCE(sum(-t.money), 0)::bigint FROM told t
    UNION ALL SELECT 'sum_back', NULL, NULL, NULL, COALESCE(sum(-t.of_expense), 0)::bigint,
                     COALESCE(sum(-t.expense), 0)::bigint FROM told t
    UNION ALL SELECT 'sum_waiting', NULL, NULL, NULL, 0::bigint, COALESCE(sum(i.cents), 0)::bigint FROM (
            SELECT i.number, i.cents FROM items i WHERE i.file_id IS NOT NULL
            UNION ALL SELECT w.number, w.cents FROM others w
        ) i WHERE NOT EXISTS (SELECT FROM events e WHERE e.number = i.number)
    UNION ALL (SELECT 'filed', i.number, i.code, i.month, i.cents, 0::bigint FROM items i WHERE i.file_id IS NULL
               ORDER BY 2)
    UNION ALL (SELECT 'told', t.number, t.kind::text, run.month, COALESCE(t.of_money, 0) + COALESCE(t.of_expense, 0),
                      t.money + t.expense FROM told t
               WHERE (t.money, t.expense) IS DISTINCT FROM (COALESCE(t.of_money, 0), COALESCE(t.of_expense, 0))
                  OR t.is_elsewhere ORDER BY 2);
END $$;
