-- Of one key and day at most one statement is believed, whoever writes. An exclusion constraint says the same, but costs
-- five times as much as all the rest of writing a row, and as much disk as the rows.

-- The lock of whoever writes about a person or household. The last three places of an identifier are left out, so the
-- persons of a bulk load, who are numbered one after another, share one lock among 256; others have their own.
CREATE FUNCTION registry_lock_of(subject uuid) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN hashtextextended(left(subject::text, 34), 0);

-- The lock of whoever writes a number by which somebody is known; a thousand, however many numbers there are.
CREATE FUNCTION registry_lock_of(number text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN hashtextextended('number ' || (hashtext(number) & 1023), 0);

-- Asked after each INSERT or COPY, whose rows are «added». The arguments: how many columns of the key are found by an
-- index, and the columns of the key. Nothing else makes a statement believed (keep_statement). The locks are on the first
-- column: whoever else writes about it has ended, and the question, whose snapshot is taken after them, sees what they
-- wrote. In a transaction with one snapshot for all of it, that would not be so. Of statements in the order of days, two
-- overlap if, and only if, two neighbours do.
--
-- The plan must not depend on what is known of the table's size, which is nothing while it is first loaded: rows are
-- found by the index, one key after another (OFFSET 0), and compared only then.
CREATE FUNCTION registry_one_at_a_time() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET work_mem = '64MB' AS $$
DECLARE
    columns text[] := TG_ARGV[1:];
    key text := array_to_string(ARRAY(SELECT quote_ident(one) FROM unnest(columns) AS one), ', ');
    found text := array_to_string(
        ARRAY(SELECT format('one.%1$I = new.%1$I', one) FROM unnest(columns[:TG_ARGV[0]::integer]) AS one), ' AND ');
    same text := array_to_string(
        ARRAY(SELECT format('old.%1$I = new.%1$I', one) FROM unnest(columns) AS one), ' AND ');
    is_broken boolean;
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION '%: statements are written at the isolation level «read committed»', TG_TABLE_NAME
            USING ERRCODE = 'feature_not_supported';
    END IF;
    EXECUTE format($query$
        SELECT count(pg_advisory_xact_lock(one.lock)) FROM (
            SELECT DISTINCT registry_lock_of(%1$I) AS lock FROM added WHERE %1$I IS NOT NULL ORDER BY 1
        ) one$query$, columns[1]);
    EXECUTE format($query$
        SELECT EXISTS (
            SELECT FROM (
                SELECT old.valid && lag(old.valid) OVER (PARTITION BY %5$s ORDER BY old.valid) AS overlap
                FROM (SELECT DISTINCT %1$s FROM added WHERE %2$I IS NOT NULL) new
                CROSS JOIN LATERAL (SELECT one.* FROM %3$I one WHERE %4$s OFFSET 0) old
                WHERE %6$s AND upper_inf(old.recorded)
            ) neighbours
            WHERE overlap
        )$query$, key, columns[1], TG_TABLE_NAME, found,
        array_to_string(ARRAY(SELECT format('old.%I', one) FROM unnest(columns) AS one), ', '), same) INTO is_broken;
    IF is_broken THEN
        RAISE EXCEPTION '%: two statements about one thing on one day (%)', TG_TABLE_NAME, TG_NAME
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
