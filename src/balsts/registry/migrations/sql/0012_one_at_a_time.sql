-- Of one key and day at most one statement is believed, whoever writes. An exclusion constraint says the same, but costs
-- five times as much as all the rest of writing a row, and as much disk as the rows.

-- The lock of whoever writes about a person or household. The last three places of an identifier are left out, so the
-- persons of a bulk load, who are numbered one after another, share one lock among 256; others have their own.
CREATE FUNCTION registry_lock_of(subject uuid) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN hashtextextended(left(subject::text, 34), 0);

-- The lock of whoever writes a number by which somebody is known; a thousand, however many numbers there are.
CREATE FUNCTION registry_lock_of(number text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN hashtextextended('number ' || (hashtext(number) & 1023), 0);

-- Asked after each INSERT or COPY, whose rows are «added»; the arguments are the columns of the key. Nothing else makes
-- a statement believed (keep_statement). The locks are on the first column: whoever else writes about it has ended, and
-- the question, whose snapshot is taken after them, sees what they wrote. In a transaction with one snapshot for all of
-- it, that would not be so. Of statements in the order of days, two overlap if, and only if, two neighbours do.
--
-- The plan is told not to read the whole table, which it would at its beginning, when nobody knows yet how large it is.
CREATE FUNCTION registry_one_at_a_time() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET work_mem = '64MB' AS $$
DECLARE
    key text := (SELECT string_agg(quote_ident(one), ', ') FROM unnest(TG_ARGV) AS one);
    same text := (SELECT string_agg(format('old.%1$I = new.%1$I', one), ' AND ') FROM unnest(TG_ARGV) AS one);
    is_broken boolean;
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION '%: statements are written at the isolation level «read committed»', TG_TABLE_NAME
            USING ERRCODE = 'feature_not_supported';
    END IF;
    EXECUTE format('SELECT count(pg_advisory_xact_lock(one.lock)) FROM ('
                   'SELECT DISTINCT registry_lock_of(%1$I) AS lock FROM added WHERE %1$I IS NOT NULL ORDER BY 1) one',
                   TG_ARGV[0]);
    EXECUTE format('SELECT EXISTS (SELECT FROM ('
                   'SELECT valid && lag(valid) OVER (PARTITION BY %1$s ORDER BY valid) AS overlap FROM ('
                   'SELECT old.* FROM (SELECT DISTINCT %1$s FROM added WHERE %2$I IS NOT NULL) new '
                   'JOIN %3$I old ON %4$s WHERE upper_inf(old.recorded)) believed) neighbours WHERE overlap)',
                   key, TG_ARGV[0], TG_TABLE_NAME, same) INTO is_broken;
    IF is_broken THEN
        RAISE EXCEPTION '%: two statements about one thing on one day (%)', TG_TABLE_NAME, TG_NAME
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
