-- Statuses for other systems: news are numbered when the transaction that makes them commits, so readers meet no gap.

-- Deferred to the commit: the lock that puts commits in a line is held while they commit, not while a decision is signed.
CREATE FUNCTION cases_tell_of_status() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM cases_award a WHERE a.id = NEW.award_id AND a.kind = 'status') THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock('cases_statusnews'::regclass::bigint);
    INSERT INTO cases_statusnews (position, at, award, person, code, months, is_ended)
    SELECT COALESCE(max(position), 0) + 1, clock_timestamp(), NEW.award_id, NEW.person_id, NEW.code, NEW.months,
           NOT NEW.is_believed
    FROM cases_statusnews;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tell_of_status AFTER INSERT OR UPDATE OF is_believed ON cases_awardholder
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_tell_of_status();

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON cases_statusnews
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
REVOKE INSERT, UPDATE, DELETE ON cases_statusnews FROM balsts_app;

ALTER TABLE cases_statusnews ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON cases_statusnews FOR SELECT TO balsts_app
    USING ('status_feed' = ANY (string_to_array(access_setting('abilities'), ',')));
