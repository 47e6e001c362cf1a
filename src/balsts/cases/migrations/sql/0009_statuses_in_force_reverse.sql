DROP TRIGGER tell_of_statuses ON cases_decisionstep;
DROP FUNCTION cases_tell_of_statuses();

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
