DROP FUNCTION statistics_complained(date, date);
DROP FUNCTION statistics_places(date, date);
DROP FUNCTION statistics_registered(date, date);
DROP FUNCTION statistics_heard(date, date);
DROP FUNCTION statistics_contested(date, date);
DROP FUNCTION statistics_overdue(date, date);
DROP FUNCTION statistics_days_to_decide(date, date);
DROP FUNCTION statistics_decided(date, date);
DROP FUNCTION statistics_applied(date, date);
DROP FUNCTION statistics_office(cases_case);
DROP FUNCTION statistics_subject(cases_case);
DROP FUNCTION statistics_claimed(date, date);
DROP FUNCTION statistics_paid(date, date, boolean);
DROP FUNCTION statistics_runs(date, date);
DROP FUNCTION statistics_age(date, date);
DROP FUNCTION statistics_place(uuid, date);
DROP FUNCTION statistics_gather(date, date);
DROP FUNCTION statistics_require_platform();
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['definitionused', 'refresh', 'counted', 'block', 'rest', 'point'] LOOP
        EXECUTE format('DROP POLICY platform ON %I', 'statistics_' || name);
        EXECUTE format('DROP POLICY IF EXISTS everybody ON %I', 'statistics_' || name);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', 'statistics_' || name);
        EXECUTE format('GRANT UPDATE, DELETE ON %I TO balsts_app', 'statistics_' || name);
        EXECUTE format('DROP TRIGGER refuse_change ON %I', 'statistics_' || name);
        EXECUTE format('DROP TRIGGER refuse_truncate ON %I', 'statistics_' || name);
    END LOOP;
END $$;
