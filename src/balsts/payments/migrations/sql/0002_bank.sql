-- Files to the bank and messages from it: stored, stepped and applied by these functions alone, as the platform. A word of
-- the bank about a line is kept once, whichever message says it first, and posted with the message that brings it.

CREATE FUNCTION payments_require_platform() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT cases_is_platform() THEN
        RAISE EXCEPTION 'payments: the bank is spoken to by the platform' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- -- accounts ------------------------------------------------------------------------------------------------------

CREATE FUNCTION payments_open_account(payer uuid, of_programme text, of_iban text, of_bic text, transfers integer,
                                      cents bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_require_platform();
    INSERT INTO payments_payeraccount (payer_id, programme, iban, bic, most_transfers, most_cents)
        VALUES (payer, of_programme, of_iban, of_bic, transfers, cents);
END $$;

-- -- files out -----------------------------------------------------------------------------------------------------

-- What a run gives the bank to transfer, by number.
CREATE FUNCTION payments_items(of_run uuid)
    RETURNS TABLE (number integer, programme text, cents bigint, payee_id uuid, receiver_id uuid, iban text, code text,
                   month date, choice_id uuid)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT l.number, l.programme::text, l.amount - l.withheld, l.payee_id, l.receiver_id, l.iban::text, l.code::text,
           l.month, l.choice_id
    FROM payments_line l WHERE l.run_id = of_run AND l.held = '' AND l.amount > l.withheld AND l.channel = 'bank';
END;

-- The account that pays a programme: its own, or the one for every programme.
CREATE FUNCTION payments_account_of(payer uuid, of_programme text) RETURNS bigint LANGUAGE sql STABLE
    RETURN (SELECT a.id FROM payments_payeraccount a
            WHERE a.payer_id = payer AND a.programme IN ('', of_programme) ORDER BY a.programme DESC LIMIT 1);

-- Stores a file that was written: once, with all lines of its programme from the one after the last file's on.
CREATE FUNCTION payments_store_file(of_run uuid, of_number integer, of_programme text, from_line integer,
                                    to_line integer, many integer, sum_cents bigint, of_name text, digest text,
                                    bytes bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    run payments_run;
    there payments_bankfile;
    counted record;
    made bigint;
BEGIN
    PERFORM payments_require_platform();
    SELECT * INTO run FROM payments_run WHERE id = of_run FOR UPDATE;
    IF run.state IS DISTINCT FROM 'released' THEN
        RAISE EXCEPTION 'files are of runs that are released' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO there FROM payments_bankfile f WHERE f.run_id = of_run AND f.number = of_number;
    IF there.sha256 = digest THEN
        RETURN there.id;
    ELSIF there.id IS NOT NULL THEN
        RAISE EXCEPTION 'file % of the run is stored with other bytes', of_number USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT count(*) AS many, sum(i.cents) AS cents INTO counted FROM payments_items(of_run) i
        WHERE i.programme = of_programme AND i.number > COALESCE((
            SELECT max(f.last) FROM payments_bankfile f WHERE f.run_id = of_run AND f.programme = of_programme), 0)
          AND i.number <= to_line;
    IF counted.many <> many OR counted.cents IS DISTINCT FROM sum_cents THEN
        RAISE EXCEPTION 'file % of the run does not hold the next lines: % of % cents, expected % of %', of_number, many,
            sum_cents, counted.many, counted.cents USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO payments_bankfile (run_id, number, programme, account_id, first, last, transfers, cents, name, sha256,
                                   size, state)
        VALUES (of_run, of_number, of_programme, payments_account_of(run.payer_id, of_programme), from_line, to_line,
                many, sum_cents, of_name, digest, bytes, 'stored') RETURNING id INTO made;
    INSERT INTO payments_filestep (file_id, step, at, detail) VALUES (made, 'stored', clock_timestamp(), '');
    RETURN made;
END $$;

-- Notes that every line which goes to the bank is in a file.
CREATE FUNCTION payments_all_filed(of_run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_require_platform();
    IF (SELECT count(*) FROM payments_items(of_run))
       <> (SELECT COALESCE(sum(f.transfers), 0) FROM payments_bankfile f WHERE f.run_id = of_run) THEN
        RAISE EXCEPTION 'lines of the run are in no file' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE payments_run SET is_filed = true WHERE id = of_run AND NOT is_filed;
END $$;

CREATE FUNCTION payments_file_step_may_follow(state text, step text) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN CASE step
        WHEN 'stored' THEN state = 'stored'
        WHEN 'sending' THEN state IN ('stored', 'sending')
        WHEN 'received' THEN state = 'sending'
        WHEN 'accepted' THEN state IN ('sending', 'received', 'accepted')
        WHEN 'in_part' THEN state IN ('sending', 'received', 'accepted')
        WHEN 'refused' THEN state IN ('sending', 'received', 'accepted')
        ELSE false
    END;

CREATE FUNCTION payments_take_file_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    file payments_bankfile;
BEGIN
    PERFORM payments_require_platform();
    SELECT * INTO file FROM payments_bankfile WHERE id = NEW.file_id FOR UPDATE;
    IF NOT payments_file_step_may_follow(file.state, NEW.step)
       OR NEW.step = 'stored' AND EXISTS (SELECT FROM payments_filestep s WHERE s.file_id = file.id) THEN
        RAISE EXCEPTION 'file %: the step % cannot follow the state %', file.name, NEW.step, file.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.at := clock_timestamp();
    UPDATE payments_bankfile SET state = NEW.step WHERE id = file.id;
    RETURN NEW;
END $$;
CREATE TRIGGER take_step BEFORE INSERT ON payments_filestep
    FOR EACH ROW EXECUTE FUNCTION payments_take_file_step();

CREATE FUNCTION payments_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'INSERT' AND NEW.state <> 'stored'
       OR TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
        RAISE EXCEPTION 'a file begins stored; what it holds never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_file BEFORE INSERT OR UPDATE OR DELETE ON payments_bankfile
    FOR EACH ROW EXECUTE FUNCTION payments_keep_file();

-- A file that the bank refuses whole: none of its lines was paid.
CREATE FUNCTION payments_refuse_file(of_file bigint, from_message bigint, of_reason text, of_action text, why text)
    RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    file payments_bankfile;
    after bigint := payments_last_event();
BEGIN
    PERFORM payments_require_platform();
    SELECT * INTO file FROM payments_bankfile WHERE id = of_file;
    IF file.state = 'refused' THEN
        RETURN;
    END IF;
    INSERT INTO payments_filestep (file_id, step, at, detail) VALUES (of_file, 'refused', clock_timestamp(), left(why, 300));
    INSERT INTO payments_event (run_id, number, kind, message_id, entry, place, cents, reason, action, at)
        SELECT file.run_id, i.number, 'rejected', from_message, 0, 0, i.cents, of_reason, of_action, clock_timestamp()
        FROM payments_items(file.run_id) i
        WHERE i.programme = file.programme AND i.number BETWEEN file.first AND file.last
        ORDER BY i.number ON CONFLICT DO NOTHING;
    PERFORM payments_post_events(after);
    INSERT INTO payments_matter (payer_id, kind, file_id, message_id, run_id, action, detail, iban, note, opened_at)
        SELECT r.payer_id, 'file', file.id, from_message, r.id, of_action, left(why, 1000), '', '', clock_timestamp()
        FROM payments_run r WHERE r.id = file.run_id;
END $$;

-- What follows finds each thing by its index, one by one: so a message costs as much as it says, whatever the planner
-- believes of tables that have just grown.

-- -- messages in ---------------------------------------------------------------------------------------------------

-- The last event so far; whoever writes more holds others off until they commit.
CREATE FUNCTION payments_last_event() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'62616e6b'::int, 0);
    RETURN COALESCE((SELECT max(e.id) FROM payments_event e), 0);
END $$;

CREATE FUNCTION payments_receive(digest text, of_name text, bytes bigint, of_number bigint, of_bank text)
    RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payments_require_platform();
    INSERT INTO payments_bankmessage (bank, number, sha256, name, size, received_at, state, kind, account, reference, lines,
                                      problem)
        VALUES (of_bank, of_number, digest, left(of_name, 200), bytes, clock_timestamp(), 'new', '', '', '', 0, '')
        ON CONFLICT (sha256) DO UPDATE SET bank = EXCLUDED.bank, number = CASE
            WHEN payments_bankmessage.bank = EXCLUDED.bank THEN GREATEST(payments_bankmessage.number, EXCLUDED.number)
            ELSE EXCLUDED.number END;
    RETURN (SELECT m.id FROM payments_bankmessage m WHERE m.sha256 = digest);
END $$;

-- Begins to apply a message: from here to the end of the transaction nobody else writes events.
CREATE FUNCTION payments_open_message(message bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    after bigint := payments_last_event();
BEGIN
    PERFORM payments_require_platform();
    PERFORM FROM payments_bankmessage m WHERE m.id = message AND m.state = 'new' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'message % is settled already', message USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN after;
END $$;

-- What a part of a message says of transfers: run and line as the bank repeats them, and what happened. A transfer that is
-- not ours, or of another sum, becomes a matter. `sums` is null where a report tells none. What happened is posted at once;
-- all of it goes again, if the message turns out to be wrong.
CREATE FUNCTION payments_tell(message bigint, payer uuid, entries integer[], places integer[], runs bigint[],
                              numbers integer[], kinds text[], sums bigint[], reasons text[], actions text[],
                              days date[], words text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET jit = off AS $$
DECLARE
    before bigint := payments_last_event();
BEGIN
    PERFORM payments_require_platform();
    DROP TABLE IF EXISTS pg_temp.payments_told;
    CREATE TEMP TABLE payments_told ON COMMIT DROP AS
        SELECT t.*, r.id AS run_id, COALESCE(l.amount - l.withheld, d.cents) AS expected,
               COALESCE(l.payee_id, k.payee_id) AS payee_id
        FROM unnest(entries, places, runs, numbers, kinds, sums, reasons, actions, days, words)
            AS t (entry, place, run, number, kind, cents, reason, action, day, word)
        LEFT JOIN payments_run r ON r.number = t.run AND r.payer_id = payer AND r.state = 'released'
        LEFT JOIN payments_line l ON l.run_id = r.id AND l.number = t.number AND l.held = '' AND l.channel = 'bank'
         AND EXISTS (SELECT FROM payments_bankfile f WHERE f.run_id = r.id AND f.programme = l.programme
                     AND l.number BETWEEN f.first AND f.last AND f.state <> 'stored')
        LEFT JOIN payments_deduction d ON d.run_id = r.id AND d.number = t.number
         AND EXISTS (SELECT FROM payments_line k JOIN payments_bankfile f ON f.run_id = r.id AND f.programme = k.programme
                     WHERE k.id = d.line_id AND d.number BETWEEN f.first AND f.last AND f.state <> 'stored')
        LEFT JOIN payments_line k ON k.id = d.line_id;
    INSERT INTO payments_event (run_id, number, kind, message_id, entry, place, cents, reason, action, "on", at)
        SELECT t.run_id, t.number, t.kind, message, t.entry, t.place, t.expected, t.reason, t.action, t.day,
               clock_timestamp()
        FROM pg_temp.payments_told t WHERE t.expected = COALESCE(t.cents, t.expected) AND t.kind <> ''
        ORDER BY t.run_id, t.number ON CONFLICT DO NOTHING;
    INSERT INTO payments_matter (payer_id, kind, message_id, entry, place, run_id, number, person_id, iban, action,
                                 detail, note, opened_at)
        SELECT payer, CASE WHEN t.expected IS NULL OR t.kind = '' THEN 'unknown' ELSE 'amount' END, message, t.entry,
               t.place, t.run_id, CASE WHEN t.expected IS NOT NULL THEN t.number END, t.payee_id, '', t.action,
               left(t.word, 1000), '', clock_timestamp()
        FROM pg_temp.payments_told t
        WHERE t.kind = '' OR t.expected IS DISTINCT FROM COALESCE(t.cents, t.expected) OR t.expected IS NULL;
    DROP TABLE pg_temp.payments_told;
    PERFORM payments_post_events(before);
    -- What else is asked when a transaction ends is asked now, while the next part of the message is read.
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
END $$;

-- That the sum of a whole file went out: all of its lines but those the bank rejected, and nothing else.
CREATE FUNCTION payments_tell_of_file(message bigint, payer uuid, of_entry integer, of_place integer, of_name text,
                                      sum_cents bigint, day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET jit = off AS $$
DECLARE
    file payments_bankfile;
    expected bigint;
    before bigint := payments_last_event();
BEGIN
    PERFORM payments_require_platform();
    SELECT f.* INTO file FROM payments_bankfile f JOIN payments_run r ON r.id = f.run_id
        WHERE f.name = of_name AND r.payer_id = payer AND f.state <> 'stored';
    SELECT sum(i.cents) INTO expected FROM payments_items(file.run_id) i
        LEFT JOIN payments_event e ON e.run_id = file.run_id AND e.number = i.number AND e.kind = 'rejected'
        WHERE i.programme = file.programme AND i.number BETWEEN file.first AND file.last AND e.id IS NULL;
    IF expected IS DISTINCT FROM sum_cents THEN
        INSERT INTO payments_matter (payer_id, kind, message_id, entry, place, file_id, run_id, iban, action, detail,
                                     note, opened_at)
            VALUES (payer, CASE WHEN file.id IS NULL THEN 'unknown' ELSE 'amount' END, message, of_entry, of_place,
                    file.id, file.run_id, '', '', of_name, '', clock_timestamp());
        RETURN;
    END IF;
    INSERT INTO payments_event (run_id, number, kind, message_id, entry, place, cents, reason, action, "on", at)
        SELECT file.run_id, i.number, 'booked', message, of_entry, of_place, i.cents, '', '', day, clock_timestamp()
        FROM payments_items(file.run_id) i
        LEFT JOIN payments_event e ON e.run_id = file.run_id AND e.number = i.number AND e.kind = 'rejected'
        WHERE i.programme = file.programme AND i.number BETWEEN file.first AND file.last AND e.id IS NULL
        ORDER BY i.number ON CONFLICT DO NOTHING;
    PERFORM payments_post_events(before);
END $$;

-- Ends a message that was read whole: what came back is put before a person.
CREATE FUNCTION payments_apply_message(message bigint, after bigint, payer uuid, of_kind text, of_account text,
                                       of_reference text, opens bigint, closes bigint, many integer)
    RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET work_mem = '64MB' SET hash_mem_multiplier = 1 SET jit = off AS $$
DECLARE
    before bigint;
BEGIN
    PERFORM payments_require_platform();
    INSERT INTO payments_matter (payer_id, kind, event_id, message_id, entry, place, run_id, number, person_id, iban,
                                 action, detail, note, opened_at)
        SELECT payer, 'back', e.id, message, e.entry, e.place, e.run_id, e.number, COALESCE(l.payee_id, k.payee_id),
               COALESCE(l.iban, o.iban), e.action, e.reason, '', clock_timestamp()
        FROM payments_event e
        LEFT JOIN payments_line l ON l.run_id = e.run_id AND l.number = e.number
        LEFT JOIN payments_deduction d ON d.run_id = e.run_id AND d.number = e.number
        LEFT JOIN payments_line k ON k.id = d.line_id
        LEFT JOIN payments_withholdingorder o ON o.id = d.order_id
        WHERE e.id > after AND e.message_id = message AND e.kind <> 'booked' AND e.entry > 0
          AND (e.action <> 'pay_in_next_run' OR d.id IS NOT NULL)  -- no run pays a creditor again by itself
        ON CONFLICT DO NOTHING;
    IF opens IS NOT NULL THEN
        SELECT m.closing INTO before FROM payments_bankmessage m
            WHERE m.state = 'applied' AND m.kind = of_kind AND m.account = of_account ORDER BY m.settled_at DESC LIMIT 1;
        IF before <> opens THEN
            INSERT INTO payments_matter (payer_id, kind, message_id, iban, action, detail, note, opened_at)
                VALUES (payer, 'gap', message, '', '', of_reference, '', clock_timestamp());
        END IF;
    END IF;
    UPDATE payments_bankmessage m SET state = 'applied', payer_id = payer, kind = of_kind, account = of_account,
        reference = of_reference, opening = opens, closing = closes, lines = many, settled_at = clock_timestamp()
        WHERE m.id = message;
END $$;

CREATE FUNCTION payments_set_aside(message bigint, of_kind text, of_account text, why text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    payer uuid := (SELECT a.payer_id FROM payments_payeraccount a WHERE a.iban = of_account LIMIT 1);
BEGIN
    PERFORM payments_require_platform();
    UPDATE payments_bankmessage m SET state = 'aside', kind = of_kind, account = of_account, payer_id = payer,
        problem = left(why, 1000), settled_at = clock_timestamp() WHERE m.id = message AND m.state = 'new';
    IF FOUND THEN
        INSERT INTO payments_matter (payer_id, kind, message_id, iban, action, detail, note, opened_at)
            VALUES (payer, 'message', message, '', '', left(why, 1000), '', clock_timestamp());
    END IF;
END $$;

-- A message is settled once; what it said and came to stays. Only that a bank gives it again may change its number.
CREATE FUNCTION payments_keep_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR OLD.state <> 'new'
          AND to_jsonb(NEW) - '{bank,number}'::text[] <> to_jsonb(OLD) - '{bank,number}'::text[]
       OR (NEW.sha256, NEW.name, NEW.size) <> (OLD.sha256, OLD.name, OLD.size) THEN
        RAISE EXCEPTION 'a message of the bank is settled once and stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_message BEFORE UPDATE OR DELETE ON payments_bankmessage
    FOR EACH ROW EXECUTE FUNCTION payments_keep_message();

-- -- matters -------------------------------------------------------------------------------------------------------

CREATE FUNCTION payments_settle_matter(of_matter bigint, how text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    payer uuid := (SELECT m.payer_id FROM payments_matter m WHERE m.id = of_matter);
BEGIN
    PERFORM payments_require(COALESCE(payer, access_uuid('institution')), 'prepare_payments');
    UPDATE payments_matter SET settled_at = clock_timestamp(), settled_by = access_uuid('staff'), note = how
        WHERE id = of_matter AND settled_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'matter % is settled already', of_matter USING ERRCODE = 'restrict_violation';
    END IF;
END $$;
CREATE FUNCTION payments_keep_matter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.settled_at IS NOT NULL OR to_jsonb(NEW) - '{settled_at,settled_by,note}'::text[]
       <> to_jsonb(OLD) - '{settled_at,settled_by,note}'::text[] THEN
        RAISE EXCEPTION 'a matter is settled once and stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_matter BEFORE UPDATE OR DELETE ON payments_matter
    FOR EACH ROW EXECUTE FUNCTION payments_keep_matter();

-- -- the ledger ----------------------------------------------------------------------------------------------------

-- Money that went out, by the bank, the post or the cash desk, pays what was owed. What came back, or never went, is owed
-- no more by this line and no expense of its run: the next run finds it anew and posts it again. A creditor is still owed
-- what came back or never went.
CREATE FUNCTION payments_post_events(after bigint) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    WITH made AS (
        INSERT INTO payments_ledgerentry (run_id, event_id, at)
            SELECT e.run_id, e.id, clock_timestamp() FROM payments_event e
            WHERE e.id > after AND NOT EXISTS (SELECT FROM payments_ledgerentry n WHERE n.event_id = e.id)
              AND (e.kind <> 'rejected' OR NOT EXISTS (
                  SELECT FROM payments_deduction d WHERE d.run_id = e.run_id AND d.number = e.number))
            ORDER BY e.id
        RETURNING id, event_id
    )
    INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, person_id, cents)
        SELECT n.id, e.run_id, e.number, e.kind, side.account, l.programme, l.code, l.month, side.person, side.cents
        FROM made n
        JOIN payments_event e ON e.id = n.event_id
        JOIN payments_line l ON l.run_id = e.run_id AND l.number = e.number
        CROSS JOIN LATERAL (VALUES
            (CASE e.kind WHEN 'returned' THEN l.channel ELSE 'payable' END,
             CASE e.kind WHEN 'returned' THEN NULL ELSE l.payee_id END, e.cents),
            (CASE e.kind WHEN 'booked' THEN l.channel ELSE 'expense' END, NULL::uuid, -e.cents)
        ) AS side (account, person, cents)
        UNION ALL
        SELECT n.id, e.run_id, e.number, e.kind, side.account, l.programme, l.code, l.month, side.person, side.cents
        FROM made n
        JOIN payments_event e ON e.id = n.event_id
        JOIN payments_deduction d ON d.run_id = e.run_id AND d.number = e.number
        JOIN payments_line l ON l.id = d.line_id
        CROSS JOIN LATERAL (VALUES
            ('creditor', l.payee_id, CASE e.kind WHEN 'booked' THEN e.cents ELSE -e.cents END),
            ('bank', NULL::uuid, CASE e.kind WHEN 'booked' THEN -e.cents ELSE e.cents END)
        ) AS side (account, person, cents);
END $$;
