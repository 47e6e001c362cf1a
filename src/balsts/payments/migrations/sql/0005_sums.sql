-- What decisions, lines, the ledger, files and the bank come to, each added up by reading it through once and joined to
-- nothing that is as large. Two sums of cents may be the same although lines in them differ, so with each goes its mark:
-- cents times a number of 31 bits that is drawn from the name of the row, by a seed that is new for each proof, added up
-- likewise. Lines that differ by opposite cents differ in their marks, but for one chance in 2,147,483,648. A product that
-- does not fit 64 bits (of more than 42,949,672.95 euros, or some less) is an error: then lines are to be compared.
--
-- Rows: `what` is held against what, by programme or account (`place`), right and month; `is_found` the side it is on. What
-- has no such parts has none.

CREATE FUNCTION payments_mark(number integer, seed bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN hashint4extended(number, seed) & 2147483647;
CREATE FUNCTION payments_mark(of_case uuid, payee uuid, seed bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN uuid_hash_extended(of_case, uuid_hash_extended(payee, seed)) & 2147483647;

-- Those of some runs that whoever asks may look at.
CREATE FUNCTION payments_looked_at(runs uuid[]) RETURNS uuid[] LANGUAGE sql STABLE
    RETURN ARRAY(SELECT r.id FROM unnest(runs) AS r (id) WHERE payments_looks_at(r.id));

-- -- lines, and what goes to the bank ------------------------------------------------------------------------------

CREATE FUNCTION payments_sums_of_lines(of_runs uuid[], seed bigint)
    RETURNS TABLE (run_id uuid, what text, place text, code text, month date, is_found boolean, cents numeric, mark numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET jit = off AS $$
#variable_conflict use_column
DECLARE
    runs uuid[] := payments_looked_at(of_runs);
BEGIN
    RETURN QUERY
    WITH lines AS MATERIALIZED (
        SELECT l.run_id, l.programme::text AS programme, l.code::text AS code, l.month, l.channel = 'bank' AS is_by_bank,
               sum(l.amount) AS cents, sum(l.amount * payments_mark(l.number, seed)) AS mark,
               COALESCE(sum(l.withheld) FILTER (WHERE l.withheld <> 0), 0) AS kept,  -- of few lines
               COALESCE(sum(l.withheld * payments_mark(l.number, seed)) FILTER (WHERE l.withheld <> 0), 0) AS kept_mark
        FROM payments_line l WHERE l.run_id = ANY (runs) AND l.held = '' GROUP BY 1, 2, 3, 4, 5
    ), overpaid AS (
        SELECT o.run_id, o.programme::text AS programme, o.code::text AS code, o.month, sum(o.amount) AS cents,
               sum(o.amount * payments_mark(o.number, seed)) AS mark
        FROM payments_overpaid o WHERE o.run_id = ANY (runs) GROUP BY 1, 2, 3, 4
    ), deductions AS MATERIALIZED (
        SELECT d.run_id, sum(d.cents) AS cents,
               sum(d.cents * payments_mark(l.number, seed)) FILTER (WHERE l.run_id = d.run_id) AS mark,
               sum(d.cents) FILTER (WHERE d.number IS NOT NULL) AS sent,
               sum(d.cents * payments_mark(d.number, seed)) FILTER (WHERE d.number IS NOT NULL) AS sent_mark
        FROM payments_deduction d JOIN payments_line l ON l.id = d.line_id WHERE d.run_id = ANY (runs) GROUP BY 1
    ), items AS (  -- what is sent, by the bank or otherwise
        SELECT l.run_id, l.is_by_bank, l.cents - l.kept AS cents, l.mark - l.kept_mark AS mark FROM lines l
        UNION ALL SELECT d.run_id, true, d.sent, d.sent_mark FROM deductions d
    ), runs_of AS (
        SELECT r.id, r.state = 'released' AS is_released, r.is_filed FROM payments_run r WHERE r.id = ANY (runs)
    )
    SELECT l.run_id, 'posted', 'line ' || l.programme, l.code, l.month, false, l.cents, l.mark
        FROM lines l JOIN runs_of r ON r.id = l.run_id AND r.is_released
    UNION ALL SELECT o.run_id, 'posted', 'overpaid ' || o.programme, o.code, o.month, false, -o.cents, -o.mark
        FROM overpaid o JOIN runs_of r ON r.id = o.run_id AND r.is_released
    UNION ALL SELECT l.run_id, 'withheld', '', '', NULL, false, l.kept, l.kept_mark FROM lines l
    UNION ALL SELECT d.run_id, 'withheld', '', '', NULL, true, d.cents, d.mark FROM deductions d
    UNION ALL SELECT l.run_id, 'withheld_posted', '', '', NULL, false, l.kept, l.kept_mark
        FROM lines l JOIN runs_of r ON r.id = l.run_id AND r.is_released
    UNION ALL SELECT i.run_id, 'filed', '', '', NULL, false, i.cents, 0
        FROM items i JOIN runs_of r ON r.id = i.run_id AND r.is_filed WHERE i.is_by_bank
    UNION ALL SELECT f.run_id, 'filed', '', '', NULL, true, sum(f.cents), 0
        FROM payments_bankfile f JOIN runs_of r ON r.id = f.run_id AND r.is_filed GROUP BY 1
    UNION ALL SELECT i.run_id, 'answered', '', '', NULL, false, i.cents, i.mark
        FROM items i JOIN runs_of r ON r.id = i.run_id AND CASE WHEN i.is_by_bank THEN r.is_filed ELSE r.is_released END;
END $$;

-- Those of some runs of which an item is in no file: of a programme that has none, or in a gap between files.
CREATE FUNCTION payments_not_in_files(of_runs uuid[]) RETURNS TABLE (run_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$  -- gaps are looked up by their index
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH programmes AS (
        SELECT r.id AS run_id, s.programme FROM payments_run r JOIN payments_runsum s ON s.run_id = r.id
        WHERE r.id = ANY (payments_looked_at(of_runs)) AND r.is_filed AND s.what = 'line' AND s.held = '' GROUP BY 1, 2
    ), gaps AS (
        SELECT p.run_id, p.programme, g.first, g.last FROM programmes p CROSS JOIN LATERAL (
            SELECT COALESCE(lag(f.last) OVER (ORDER BY f.first), 0) + 1 AS first, f.first - 1 AS last
            FROM payments_bankfile f WHERE f.run_id = p.run_id AND f.programme = p.programme
            UNION ALL
            SELECT COALESCE(max(f.last), 0) + 1, 2147483647
            FROM payments_bankfile f WHERE f.run_id = p.run_id AND f.programme = p.programme
        ) g WHERE g.first <= g.last
    )
    SELECT DISTINCT g.run_id FROM gaps g
    WHERE EXISTS (SELECT FROM payments_line l
                  WHERE l.run_id = g.run_id AND l.number BETWEEN g.first AND g.last AND l.programme = g.programme
                    AND l.held = '' AND l.amount > l.withheld AND l.channel = 'bank')
       OR EXISTS (SELECT FROM payments_deduction d JOIN payments_line l ON l.id = d.line_id
                  WHERE d.run_id = g.run_id AND d.number BETWEEN g.first AND g.last AND l.programme = g.programme);
END $$;

-- -- the ledger ----------------------------------------------------------------------------------------------------

-- What is posted of a line, an overpayment or a word sums to zero, so its marks do.
CREATE FUNCTION payments_sums_of_postings(of_runs uuid[], seed bigint)
    RETURNS TABLE (run_id uuid, what text, place text, code text, month date, is_found boolean, cents numeric, mark numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET jit = off AS $$
#variable_conflict use_column
DECLARE
    runs uuid[] := payments_looked_at(of_runs);
BEGIN
    RETURN QUERY
    WITH postings AS MATERIALIZED (
        SELECT p.run_id, p.of::text AS kind, p.account::text AS account, p.programme::text AS programme,
               p.code::text AS code, p.month, sum(p.cents) AS cents,
               sum(p.cents * payments_mark(p.number, seed)) AS mark
        FROM payments_posting p WHERE p.run_id = ANY (runs) GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT p.run_id, 'posted', p.kind || ' ' || p.programme, p.code, p.month, true, p.cents, p.mark
        FROM postings p WHERE p.kind IN ('line', 'overpaid') AND p.account = 'expense'
    UNION ALL SELECT p.run_id, 'withheld_posted', '', '', NULL, true, -p.cents, -p.mark
        FROM postings p WHERE p.kind = 'line' AND p.account IN ('claim', 'creditor')
    UNION ALL SELECT p.run_id, 'told', p.account, p.kind, NULL, true, p.cents, p.mark FROM postings p
        WHERE p.kind IN ('booked', 'returned', 'rejected') AND p.account IN ('bank', 'post', 'cash', 'expense')
    UNION ALL SELECT p.run_id, 'balanced', p.kind, '', NULL, true, p.cents, p.mark FROM postings p;
END $$;

-- -- what the bank, the post and the cash desk said ----------------------------------------------------------------

CREATE FUNCTION payments_sums_of_words(of_runs uuid[], seed bigint)
    RETURNS TABLE (run_id uuid, what text, place text, code text, month date, is_found boolean, cents numeric, mark numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET jit = off AS $$
#variable_conflict use_column
DECLARE
    runs uuid[] := payments_looked_at(of_runs);
BEGIN
    RETURN QUERY
    WITH others AS (  -- few of many
        SELECT l.run_id, l.number, l.channel::text AS goes, false AS is_creditors FROM payments_line l
        JOIN payments_run r ON r.id = l.run_id AND r.state = 'released'
        WHERE l.run_id = ANY (runs) AND l.channel <> 'bank' AND l.held = '' AND l.amount > l.withheld
        UNION ALL
        SELECT d.run_id, d.number, 'bank', true FROM payments_deduction d
        WHERE d.run_id = ANY (runs) AND d.number IS NOT NULL
    ), of_others AS MATERIALIZED (
        SELECT e.run_id, e.kind::text AS kind, o.goes, o.is_creditors, sum(e.cents) AS cents,
               sum(e.cents * payments_mark(e.number, seed)) AS mark
        FROM others o JOIN payments_event e ON e.run_id = o.run_id AND e.number = o.number GROUP BY 1, 2, 3, 4
    ), words AS MATERIALIZED (  -- all of them, less the few that are put right
        SELECT e.run_id, e.kind::text AS kind, 'bank' AS goes, false AS is_creditors, sum(e.cents) AS cents,
               sum(e.cents * payments_mark(e.number, seed)) AS mark
        FROM payments_event e WHERE e.run_id = ANY (runs) GROUP BY 1, 2
        UNION ALL SELECT o.run_id, o.kind, 'bank', false, -o.cents, -o.mark FROM of_others o
        UNION ALL SELECT o.run_id, o.kind, o.goes, o.is_creditors, o.cents, o.mark FROM of_others o
    )
    SELECT w.run_id, 'told', w.goes, w.kind, NULL::date, false, s.sign * w.cents, s.sign * w.mark
        FROM words w, LATERAL (SELECT CASE w.kind WHEN 'booked' THEN -1 ELSE 1 END AS sign) s WHERE w.kind <> 'rejected'
    UNION ALL SELECT w.run_id, 'told', 'expense', w.kind, NULL, false, -w.cents, -w.mark
        FROM words w WHERE w.kind <> 'booked' AND NOT w.is_creditors
    -- Of each line one word: that it was paid, or another one where that was not said.
    UNION ALL SELECT w.run_id, 'answered', '', '', NULL, true, w.cents, w.mark FROM words w WHERE w.kind = 'booked'
    UNION ALL SELECT e.run_id, 'answered', '', '', NULL, true, sum(e.cents),
                     sum(e.cents * payments_mark(e.number, seed))
        FROM payments_event e
        WHERE e.run_id = ANY (runs) AND e.kind <> 'booked' AND NOT EXISTS (
            SELECT FROM payments_event b WHERE b.run_id = e.run_id AND b.number = e.number AND b.kind = 'booked')
        GROUP BY 1;
END $$;

-- Cents of a run that were sent and of which nothing was said yet.
CREATE FUNCTION payments_waiting(of_run uuid) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET work_mem = '64MB' SET jit = off AS $$
DECLARE
    run payments_run;
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    RETURN COALESCE((
        SELECT sum(i.cents) FROM (
            SELECT i.number, i.cents FROM payments_items(of_run) i WHERE run.is_filed
            UNION ALL
            SELECT l.number, l.amount - l.withheld FROM payments_line l
            WHERE l.run_id = of_run AND l.channel <> 'bank' AND l.held = '' AND l.amount > l.withheld
              AND run.state = 'released'
        ) i WHERE NOT EXISTS (SELECT FROM payments_event e WHERE e.run_id = of_run AND e.number = i.number)), 0);
END $$;

-- -- decisions -----------------------------------------------------------------------------------------------------

-- Cases that went to another payer after a move, each with whose it was at that move. All others are where they were.
CREATE FUNCTION payments_moved_since(last_move bigint) RETURNS TABLE (case_id uuid, payer_id uuid)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (m.case_id) m.case_id, m.from_payer_id FROM payments_casemoved m
    WHERE m.id > last_move ORDER BY m.case_id, m.id;
END;

-- The runs whose lines count for a run: those prepared no later that were not cancelled.
CREATE FUNCTION payments_runs_until(of_run uuid) RETURNS uuid[] LANGUAGE sql STABLE
    RETURN ARRAY(
        SELECT r.id FROM payments_run r JOIN payments_runstep s ON s.run_id = r.id AND s.step = 'prepared'
        WHERE r.state <> 'cancelled' AND s.id <= (
            SELECT o.id FROM payments_runstep o WHERE o.run_id = of_run AND o.step = 'prepared'));

-- What `payments_owed` comes to and what lines do, with those the run holds: by right and month. Spans of the same months
-- are added up before the months are counted out, so that it costs as much as there are spans. Whatever the planner
-- believes of tables that have just grown, it reads them through.
CREATE FUNCTION payments_sums_of_keys(of_run uuid, seed bigint)
    RETURNS TABLE (run_id uuid, what text, place text, code text, month date, is_found boolean, cents numeric, mark numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET jit = off SET enable_nestloop = off SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
    written uuid[] := payments_runs_until(of_run);
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    RETURN QUERY
    WITH spans AS (
        SELECT s.code, s.since, s.until, s.is_once, s.later, sum(s.amount) AS cents,
               sum(s.amount * payments_mark(s.case_id, s.payee, seed)) AS mark
        FROM (
            SELECT a.code::text AS code, COALESCE(lower(s.months), lower(a.months)) AS since, upper(s.months) AS until,
                   s.per = 'once' AS is_once, s.paid_after_months AS later, s.amount, a.case_id,
                   COALESCE(d.standing, a.payee_id) AS payee
            FROM cases_award a
            JOIN cases_case c ON c.id = a.case_id
            LEFT JOIN payments_moved_since(run.last_move) m ON m.case_id = a.case_id
            JOIN payments_programme p ON p.code = a.code
            JOIN cases_awardspan s ON s.award_id = a.id
            LEFT JOIN payments_standing(run.snapshot_at) d ON d.person = a.payee_id
            WHERE COALESCE(m.payer_id, c.institution_id) = run.payer_id AND a.kind = 'right' AND p.is_money
              AND a.recorded @> run.snapshot_at AND s.per IN ('month', 'once', 'half_year')
            OFFSET 0  -- else the planner takes the months of each span for others than those of all the rest
        ) s GROUP BY 1, 2, 3, 4, 5
    )
    SELECT of_run, 'decided', '', s.code, m.month, false, sum(s.cents), sum(s.mark)
        FROM spans s
        CROSS JOIN LATERAL (SELECT date_trunc('month', s.since::timestamp) AS month) f
        CROSS JOIN LATERAL (
            SELECT g::date AS month FROM generate_series(f.month, CASE WHEN s.is_once THEN f.month
                ELSE LEAST(s.until - 1, run.month)::timestamp END, interval '1 month') g
            WHERE (g + make_interval(months => s.later))::date <= run.month
        ) m GROUP BY 4, 5;
    RETURN QUERY
    SELECT of_run, 'decided', '', l.code::text, l.month, true, sum(l.amount),
           sum(l.amount * payments_mark(l.case_id, COALESCE(d.standing, l.payee_id), seed))
    FROM payments_line l
    JOIN cases_case c ON c.id = l.case_id
    LEFT JOIN payments_moved_since(run.last_move) m ON m.case_id = l.case_id
    LEFT JOIN payments_standing(run.snapshot_at) d ON d.person = l.payee_id
    WHERE COALESCE(m.payer_id, c.institution_id) = run.payer_id
      AND CASE l.held WHEN '' THEN l.due <= run.month AND l.run_id = ANY (written) ELSE l.run_id = of_run END
    GROUP BY 4, 5;
END $$;

-- What `payments_written` counts less than lines: what was found overpaid, and what came back.
CREATE FUNCTION payments_sums_of_less(of_run uuid, seed bigint)
    RETURNS TABLE (run_id uuid, what text, place text, code text, month date, is_found boolean, cents numeric, mark numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET jit = off AS $$
#variable_conflict use_column
DECLARE
    run payments_run;
    written uuid[] := payments_runs_until(of_run);
BEGIN
    IF NOT payments_looks_at(of_run) THEN
        RETURN;
    END IF;
    SELECT * INTO run FROM payments_run WHERE id = of_run;
    RETURN QUERY
    WITH less AS (
        SELECT o.case_id, o.payee_id, o.code, o.month, -o.amount AS cents FROM payments_overpaid o
        WHERE o.due <= run.month AND o.run_id = ANY (written)
        UNION ALL
        SELECT l.case_id, l.payee_id, l.code, l.month, -e.cents FROM payments_event e
        JOIN payments_line l ON l.run_id = e.run_id AND l.number = e.number AND l.held = '' AND l.due <= run.month
        WHERE e.kind <> 'booked' AND e.id <= run.last_event AND e.run_id = ANY (written)
    )
    SELECT of_run, 'decided', '', o.code::text, o.month, true, sum(o.cents),
           sum(o.cents * payments_mark(o.case_id, COALESCE(d.standing, o.payee_id), seed))
    FROM less o
    JOIN cases_case c ON c.id = o.case_id
    LEFT JOIN payments_moved_since(run.last_move) m ON m.case_id = o.case_id
    LEFT JOIN payments_standing(run.snapshot_at) d ON d.person = o.payee_id
    WHERE COALESCE(m.payer_id, c.institution_id) = run.payer_id
    GROUP BY 4, 5;
END $$;
