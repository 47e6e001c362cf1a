-- Runs, lines and the ledger are written by these functions alone (and those of 0002_bank.sql). They run as the owner, whom
-- policies do not bind, so that a million lines are one statement; what the application may do is call `payments_prepare`
-- and take steps.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['programme', 'run', 'runstep', 'line', 'overpaid', 'ledgerentry', 'posting',
                                'payeraccount', 'bankfile', 'filestep', 'bankmessage', 'event', 'matter', 'casemoved'] LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM balsts_app', 'payments_' || name);
    END LOOP;
    -- What is written stays, whoever writes: the owner and the administrator too.
    FOREACH name IN ARRAY ARRAY['runstep', 'line', 'overpaid', 'ledgerentry', 'posting', 'payeraccount', 'filestep',
                                'event', 'casemoved'] LOOP
        EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'payments_' || name);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()', 'payments_' || name);
    END LOOP;
END $$;
GRANT INSERT ON payments_runstep, payments_filestep TO balsts_app;
CREATE SEQUENCE payments_run_number OWNED BY payments_run.number;

-- -- what is owed --------------------------------------------------------------------------------------------------

-- The latest moment of which everything is known for good: whoever still writes began after it, and what they write is
-- believed from no earlier than they began (`cases_keep_belief`). Asked as the application, which sees its own sessions.
CREATE FUNCTION payments_moment() RETURNS timestamptz LANGUAGE sql VOLATILE
    RETURN LEAST(clock_timestamp(), (
        SELECT min(a.xact_start) FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
    ) - interval '1 microsecond');

-- The entry that stands for a person, as believed at a moment.
CREATE FUNCTION payments_standing(at timestamptz) RETURNS TABLE (person uuid, standing uuid)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT d.person_id, d.same_as_id FROM registry_duplicate d WHERE d.recorded @> at;
END;

-- A case pays what it owes where it was when a run was prepared, wherever it has gone since: `last_move` is the last move
-- that was known then.
CREATE FUNCTION payments_note_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO payments_casemoved (case_id, from_payer_id, at) VALUES (OLD.id, OLD.institution_id, clock_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER payments_note_move AFTER UPDATE OF institution_id ON cases_case FOR EACH ROW
    WHEN (OLD.institution_id IS DISTINCT FROM NEW.institution_id) EXECUTE FUNCTION payments_note_move();
CREATE FUNCTION payments_cases_of(office uuid, last_move bigint) RETURNS TABLE (case_id uuid)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.id FROM cases_case c
    WHERE c.institution_id = office
      AND NOT EXISTS (SELECT FROM payments_casemoved m WHERE m.case_id = c.id AND m.id > last_move)
    UNION ALL
    SELECT f.case_id FROM (
        SELECT DISTINCT ON (m.case_id) m.case_id, m.from_payer_id FROM payments_casemoved m
        WHERE m.id > last_move ORDER BY m.case_id, m.id
    ) f WHERE f.from_payer_id = office;
END;

-- What the awards of a payer's cases come to for each key, believed at a moment and due by a month. One row for each
-- case, payee, right and month. What is granted once stands in its first month alone. Amounts by the week, hour or day
-- are left out: how many of these a month has is not read in an act.
CREATE FUNCTION payments_owed(office uuid, at timestamptz, until_month date, last_move bigint)
    RETURNS TABLE (case_id uuid, payee_id uuid, code text, month date, due date, amount bigint, award_id uuid)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT a.case_id, COALESCE(d.standing, a.payee_id), a.code::text, m.month, max(m.due),
           sum(s.amount)::bigint, (array_agg(a.id ORDER BY a.id))[1]
    FROM payments_cases_of(office, last_move) c
    JOIN cases_award a ON a.case_id = c.case_id
    JOIN payments_programme p ON p.code = a.code
    JOIN cases_awardspan s ON s.award_id = a.id
    LEFT JOIN payments_standing(at) d ON d.person = a.payee_id
    CROSS JOIN LATERAL (
        SELECT g::date AS month, (g + make_interval(months => s.paid_after_months))::date AS due
        FROM generate_series(date_trunc('month', COALESCE(lower(s.months), lower(a.months))::timestamp),
            CASE WHEN s.per = 'once' THEN date_trunc('month', COALESCE(lower(s.months), lower(a.months))::timestamp)
                 ELSE LEAST(upper(s.months) - 1, until_month)::timestamp END,
            interval '1 month') g
    ) m
    WHERE a.kind = 'right' AND a.recorded @> at AND p.is_money
      AND s.per IN ('month', 'once', 'half_year') AND m.due <= until_month
    GROUP BY 1, 2, 3, 4;
END;

-- What was written of each key of a payer's cases: what runs that are not cancelled pay, less what was found overpaid and
-- what the bank returned or rejected. `last_step` bounds the runs that are looked at, by their first step: those prepared
-- no later; `last_event` what the bank had said by then. `back`: what came back and was not written again.
CREATE FUNCTION payments_written(office uuid, at timestamptz, until_month date, last_step bigint, last_event bigint,
                                 last_move bigint)
    RETURNS TABLE (case_id uuid, payee_id uuid, code text, month date, due date, amount bigint, part integer,
                   award_id uuid, back bigint)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT w.case_id, COALESCE(d.standing, w.payee_id), w.code::text, w.month, max(w.due),
           COALESCE(sum(w.amount - w.back) FILTER (WHERE w.counts AND r.state <> 'cancelled'), 0)::bigint,
           max(w.part)::integer, (array_agg(w.award_id ORDER BY w.award_id))[1],
           COALESCE(sum(w.back - w.again) FILTER (WHERE w.counts AND r.state <> 'cancelled'), 0)::bigint
    FROM (
        SELECT l.run_id, l.case_id, l.payee_id, l.code, l.month, l.due, l.amount, l.part, l.held = '' AS counts,
               l.award_id, COALESCE(e.cents, 0) AS back, CASE l.kind WHEN 'again' THEN l.amount ELSE 0 END AS again
        FROM payments_line l
        LEFT JOIN payments_event e ON e.run_id = l.run_id AND e.number = l.number AND e.kind <> 'booked'
         AND e.id <= last_event
        UNION ALL
        SELECT o.run_id, o.case_id, o.payee_id, o.code, o.month, o.due, -o.amount, o.part, true, NULL, 0, 0
        FROM payments_overpaid o
    ) w
    JOIN payments_cases_of(office, last_move) c ON c.case_id = w.case_id
    JOIN payments_run r ON r.id = w.run_id
    LEFT JOIN payments_standing(at) d ON d.person = w.payee_id
    WHERE w.due <= until_month
      AND EXISTS (SELECT FROM payments_runstep s WHERE s.run_id = r.id AND s.step = 'prepared' AND s.id <= last_step)
    GROUP BY 1, 2, 3, 4;
END;

-- -- preparing -----------------------------------------------------------------------------------------------------

CREATE FUNCTION payments_require(office uuid, ability text) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF office IS DISTINCT FROM access_uuid('institution') OR access_setting('purpose') <> 'payments'
       OR access_uuid('staff') IS NULL OR NOT ability = ANY (string_to_array(access_setting('abilities'), ',')) THEN
        RAISE EXCEPTION 'payments: % is for staff of the payer who may do it', ability
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- Prepares a run whole, in one transaction: a process that dies leaves nothing behind, and nothing is to be resumed. The
-- transaction goes on: what is kept back from the lines comes next, and the step 'prepared' last.
CREATE FUNCTION payments_prepare(run uuid, office uuid, in_month date, of_kind text, on_day date, at timestamptz)
    RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$  -- a million rows are sorted and joined in memory
DECLARE
    known bigint;
    moved bigint := COALESCE((SELECT max(m.id) FROM payments_casemoved m), 0);
BEGIN
    PERFORM payments_require(office, 'prepare_payments');
    IF at > clock_timestamp() THEN
        RAISE EXCEPTION 'a run rests on what is known already' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(x'70617973'::int, hashtext(office::text));
    PERFORM pg_advisory_xact_lock_shared(x'62616e6b'::int, 0);  -- no message of the bank is half read meanwhile
    SELECT COALESCE(max(e.id), 0) INTO known FROM payments_event e;
    -- Never less than an earlier run knew: it would take back what that one paid.
    at := GREATEST(at, (SELECT max(r.snapshot_at) FROM payments_run r));
    INSERT INTO payments_run (id, number, payer_id, month, kind, snapshot_at, last_event, last_move,
                              pay_on, state, is_filed)
        VALUES (run, nextval('payments_run_number'), office, in_month, of_kind, at, known, moved, on_day, 'prepared',
                false);
    DROP TABLE IF EXISTS pg_temp.payments_found;
    CREATE TEMP TABLE payments_found ON COMMIT DROP AS
        SELECT case_id, payee_id, code, month, COALESCE(o.due, w.due) AS due,
               COALESCE(o.amount, 0) - COALESCE(w.amount, 0) AS amount, COALESCE(w.part, 0) + 1 AS part,
               COALESCE(o.award_id, w.award_id) AS award_id, COALESCE(w.back, 0) > 0 AS is_again
        FROM payments_owed(office, at, in_month, moved) o
        FULL JOIN payments_written(office, at, in_month, 9223372036854775807, known, moved) w
            USING (case_id, payee_id, code, month)
        WHERE COALESCE(o.amount, 0) <> COALESCE(w.amount, 0);
    ANALYZE pg_temp.payments_found;
    PERFORM payments_write_lines(run, in_month, on_day, at);
    INSERT INTO payments_overpaid (run_id, number, case_id, payee_id, code, month, due, part, amount, programme)
        SELECT run, row_number() OVER (ORDER BY f.payee_id, f.code, f.month, f.case_id), f.case_id, f.payee_id, f.code,
               f.month, f.due, f.part, -f.amount, p.programme
        FROM pg_temp.payments_found f JOIN payments_programme p ON p.code = f.code
        WHERE f.amount < 0 ORDER BY 2;
    DROP TABLE pg_temp.payments_found;
END $$;

-- Whether what came back is paid again only once somebody has settled why. A new account and a death are seen by
-- themselves, and what the payer's account lacked is there by the next run; what is not known here waits.
CREATE FUNCTION payments_waits_for_an_answer(action text) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN action NOT IN ('pay_in_next_run', 'fund_the_account', 'ask_for_account', 'stop_person_deceased');

-- The choices of where else money goes that a run follows, one of a payee and right. Few payees have one, and the planner
-- has to know how few.
CREATE FUNCTION payments_choices_at(run uuid, on_day date, at timestamptz) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    DROP TABLE IF EXISTS pg_temp.payments_chosen;
    CREATE TEMP TABLE payments_chosen ON COMMIT DROP AS
        SELECT DISTINCT ON (1, 2) COALESCE(d.standing, c.payee_id) AS person, c.code, c.id, c.channel, c.iban
        FROM payments_run r
        JOIN payments_payoutchoice c ON c.payer_id = r.payer_id
        LEFT JOIN payments_standing(payments_choices_at.at) d ON d.person = c.payee_id
        WHERE r.id = run AND c.valid @> on_day AND c.agreed_at <= payments_choices_at.at
          AND (c.ended_at IS NULL OR c.ended_at > payments_choices_at.at)
        ORDER BY 1, 2, c.agreed_at DESC, c.id;
    ANALYZE pg_temp.payments_chosen;
END $$;

-- Who gets it, to which account or by which other way, or why it is held: read at the same moment, as valid on the
-- payment day.
CREATE FUNCTION payments_write_lines(run uuid, in_month date, on_day date, at timestamptz) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_choices_at(run, on_day, at);
    WITH standing AS MATERIALIZED (SELECT * FROM payments_standing(at)),
    accounts AS MATERIALIZED (
        SELECT DISTINCT ON (1) COALESCE(d.standing, b.person_id) AS person, b.iban
        FROM registry_bankaccount b LEFT JOIN standing d ON d.person = b.person_id
        WHERE b.recorded @> at AND b.valid @> on_day
        ORDER BY 1, d.standing IS NOT NULL, b.recorded DESC, b.id
    ), representatives AS MATERIALIZED (
        SELECT COALESCE(d.standing, r.person_id) AS person, count(DISTINCT r.representative_id) AS many,
               (array_agg(r.representative_id ORDER BY r.representative_id))[1] AS one
        FROM registry_representation r LEFT JOIN standing d ON d.person = r.person_id
        WHERE 'payee' = ANY (r.matters) AND r.recorded @> at AND r.valid @> on_day GROUP BY 1
    ), payees AS MATERIALIZED (
        SELECT DISTINCT f.payee_id AS person FROM pg_temp.payments_found f WHERE f.amount > 0
    ), entries AS (
        SELECT person, person AS entry FROM payees
        UNION ALL SELECT p.person, d.person FROM payees p JOIN standing d ON d.standing = p.person
    ), dead AS MATERIALIZED (
        SELECT DISTINCT e.person FROM entries e JOIN registry_fact t ON t.person_id = e.entry
        WHERE t.type = 2 AND t.value IS NOT NULL AND t.recorded @> at AND t.valid @> on_day
          AND t.value <= to_char(on_day, 'YYYY-MM-DD')
    ), asked AS MATERIALIZED (  -- what the bank sent back, and somebody has to settle first
        SELECT l.case_id, l.payee_id, l.code, l.month, m.action FROM payments_matter m
        JOIN payments_line l ON l.run_id = m.run_id AND l.number = m.number
        WHERE m.kind = 'back' AND m.settled_at IS NULL
    ), accounts_back AS MATERIALIZED (
        SELECT DISTINCT m.iban FROM payments_matter m
        WHERE m.action = 'ask_for_account' AND m.settled_at IS NULL AND m.iban <> ''
    ), found AS (
        SELECT f.*, CASE WHEN COALESCE(s.channel, g.channel) = 'account' THEN NULL
                         WHEN r.many IS NULL THEN f.payee_id WHEN r.many = 1 THEN r.one END AS receiver,
               r.many > 1 AS is_unclear, p.programme, COALESCE(s.id, g.id) AS choice,
               COALESCE(s.channel, g.channel, '') AS goes, COALESCE(s.iban, g.iban) AS iban,
               x.person IS NOT NULL OR EXISTS (SELECT FROM asked q WHERE q.payee_id = f.payee_id
                                               AND q.action = 'stop_person_deceased') AS is_dead,
               EXISTS (SELECT FROM asked q
                       WHERE (q.case_id, q.payee_id, q.code, q.month) = (f.case_id, f.payee_id, f.code, f.month)
                         AND payments_waits_for_an_answer(q.action)) AS is_asked
        FROM pg_temp.payments_found f
        JOIN payments_programme p ON p.code = f.code
        LEFT JOIN representatives r ON r.person = f.payee_id
        LEFT JOIN dead x ON x.person = f.payee_id
        LEFT JOIN pg_temp.payments_chosen s ON s.person = f.payee_id AND s.code = f.code
        LEFT JOIN pg_temp.payments_chosen g ON g.person = f.payee_id AND g.code = ''
        WHERE f.amount > 0
    )
    INSERT INTO payments_line (run_id, number, case_id, payee_id, code, month, due, part, amount, programme, award_id,
                               kind, receiver_id, iban, withheld, held, channel, choice_id)
    SELECT run, row_number() OVER (ORDER BY f.payee_id, f.code, f.month, f.case_id), f.case_id, f.payee_id, f.code,
           f.month, f.due, f.part, f.amount, f.programme, f.award_id,
           CASE WHEN f.is_again THEN 'again' WHEN f.due = in_month THEN 'current' ELSE 'arrears' END, f.receiver,
           COALESCE(f.iban, a.iban, ''), 0,
           CASE WHEN f.is_dead THEN 'dead' WHEN f.programme = '' THEN 'no_programme'
                WHEN f.is_asked THEN 'asked' WHEN f.is_unclear AND f.goes <> 'account' THEN 'receivers'
                WHEN COALESCE(f.iban, a.iban) IS NULL THEN 'no_account'  -- empty, not null, by post and in cash
                WHEN b.iban IS NOT NULL THEN 'account_back' ELSE '' END,
           CASE WHEN f.goes IN ('post', 'cash') THEN f.goes ELSE 'bank' END, f.choice
    FROM found f LEFT JOIN accounts a ON a.person = f.receiver
    LEFT JOIN accounts_back b ON b.iban = COALESCE(f.iban, a.iban)
    ORDER BY 2;
    DROP TABLE pg_temp.payments_chosen;
END $$;

-- -- steps ---------------------------------------------------------------------------------------------------------

CREATE FUNCTION payments_step_may_follow(state text, step text) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN CASE step
        WHEN 'prepared' THEN state = 'prepared'
        WHEN 'acknowledged' THEN state IN ('prepared', 'acknowledged')
        WHEN 'approved' THEN state = 'acknowledged'
        WHEN 'released' THEN state = 'approved'
        WHEN 'cancelled' THEN state IN ('prepared', 'acknowledged', 'approved')
        ELSE false
    END;

-- Whoever takes a step is who acts, at the payer, and may; nobody takes two of the steps that move money.
CREATE FUNCTION payments_take_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    run payments_run;
BEGIN
    SELECT * INTO run FROM payments_run WHERE id = NEW.run_id FOR UPDATE;
    PERFORM payments_require(run.payer_id, CASE NEW.step WHEN 'prepared' THEN 'prepare_payments'
        WHEN 'released' THEN 'release_payments'
        WHEN 'cancelled' THEN CASE WHEN access_setting('abilities') ~ '(^|,)prepare_payments(,|$)'
                                   THEN 'prepare_payments' ELSE 'approve_payments' END
        ELSE 'approve_payments' END);
    IF NEW.by_staff IS DISTINCT FROM access_uuid('staff') THEN
        RAISE EXCEPTION 'a step is taken by who acts' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT payments_step_may_follow(run.state, NEW.step)
       OR NEW.step = 'prepared' AND EXISTS (SELECT FROM payments_runstep s WHERE s.run_id = run.id) THEN
        RAISE EXCEPTION 'run %: the step % cannot follow the state %', run.id, NEW.step, run.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step IN ('acknowledged', 'approved', 'released') AND EXISTS (
        SELECT FROM payments_runstep s WHERE s.run_id = run.id AND s.by_staff = NEW.by_staff
           AND s.step IN ('prepared', CASE NEW.step WHEN 'released' THEN 'approved' END)) THEN
        RAISE EXCEPTION 'run %: whoever took an earlier step cannot take the step %', run.id, NEW.step
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.step = 'approved' AND NOT EXISTS (
        SELECT FROM payments_runstep s WHERE s.run_id = run.id AND s.step = 'acknowledged'
           AND s.by_staff = NEW.by_staff AND s.detail <> '') THEN
        RAISE EXCEPTION 'run %: whoever approves it has looked through its differences', run.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.at := clock_timestamp();
    UPDATE payments_run SET state = NEW.step WHERE id = run.id;
    IF NEW.step = 'released' THEN
        PERFORM payments_post(run.id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER take_step BEFORE INSERT ON payments_runstep
    FOR EACH ROW EXECUTE FUNCTION payments_take_step();

-- A run begins prepared; later nothing but its state changes, and that by a step, and that it is in files.
CREATE FUNCTION payments_keep_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'INSERT' AND NEW.state <> 'prepared'
       OR TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{state,is_filed}'::text[] <> to_jsonb(OLD) - '{state,is_filed}'::text[] THEN
        RAISE EXCEPTION 'a run begins prepared; what it says never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_run BEFORE INSERT OR UPDATE OR DELETE ON payments_run
    FOR EACH ROW EXECUTE FUNCTION payments_keep_run();
-- Nothing is added to a run but while it is being prepared.
CREATE FUNCTION payments_only_while_prepared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM added) n
               JOIN payments_runstep s ON s.run_id = n.run_id) THEN
        RAISE EXCEPTION '%: the run is prepared already', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER only_while_prepared AFTER INSERT ON payments_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION payments_only_while_prepared();
CREATE TRIGGER only_while_prepared AFTER INSERT ON payments_overpaid REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION payments_only_while_prepared();

-- -- the ledger ----------------------------------------------------------------------------------------------------

-- One entry for each line that is paid and each overpayment found. What is held is not owed by the books yet: the next
-- run finds it again. Lines that keep something back are posted apart.
CREATE FUNCTION payments_post(run uuid) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO payments_ledgerentry (run_id, line_id, at)
        SELECT l.run_id, l.id, clock_timestamp() FROM payments_line l
        WHERE l.run_id = run AND l.held = '' ORDER BY l.number;
    INSERT INTO payments_ledgerentry (run_id, overpaid_id, at)
        SELECT o.run_id, o.id, clock_timestamp() FROM payments_overpaid o WHERE o.run_id = run ORDER BY o.number;
    INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, person_id, cents)
        SELECT e.id, run, l.number, 'line', side.account, l.programme, l.code, l.month, side.person, side.cents
        FROM payments_ledgerentry e JOIN payments_line l ON l.id = e.line_id
        CROSS JOIN LATERAL (VALUES ('expense', NULL::uuid, l.amount), ('payable', l.payee_id, -l.amount))
            AS side (account, person, cents)
        WHERE e.run_id = run AND l.withheld = 0 ORDER BY e.id;
    PERFORM payments_post_deductions(run);
    INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, person_id, cents)
        SELECT e.id, run, o.number, 'overpaid', side.account, o.programme, o.code, o.month, side.person, side.cents
        FROM payments_ledgerentry e JOIN payments_overpaid o ON o.id = e.overpaid_id
        CROSS JOIN LATERAL (VALUES ('overpaid', o.payee_id, o.amount), ('expense', NULL::uuid, -o.amount))
            AS side (account, person, cents)
        WHERE e.run_id = run ORDER BY e.id;
END $$;

-- Every entry sums to zero: its postings are added by one statement and balance in it, and when the transaction ends, no
-- entry is without. That is asked of whole statements, since a million entries are one.
CREATE FUNCTION payments_postings_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET work_mem = '64MB' SET hash_mem_multiplier = 1 AS $$
DECLARE
    odd record;
BEGIN
    SELECT a.entry_id, count(*) AS sides, sum(a.cents) AS total INTO odd FROM added a
    GROUP BY a.entry_id HAVING count(*) < 2 OR sum(a.cents) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % does not balance: % postings, % cents too much on the debit side', odd.entry_id,
            odd.sides, odd.total USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_sums_to_zero AFTER INSERT ON payments_posting REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION payments_postings_balance();
CREATE FUNCTION payments_entry_is_posted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM payments_posting p WHERE p.entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry % has no postings', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_is_posted AFTER INSERT ON payments_ledgerentry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_entry_is_posted();

-- After many rows were written at once: the planner would believe the old sizes for a minute, and read a million lines once
-- for each of them.
CREATE FUNCTION payments_learn_sizes() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE payments_line, payments_overpaid, payments_deduction, payments_ledgerentry, payments_posting, payments_event;
    PERFORM brin_summarize_new_values('postings_of_run');
END $$;
