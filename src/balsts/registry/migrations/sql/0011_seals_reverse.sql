ALTER POLICY read_by_the_person ON access_accessrecord
    USING (access_setting('scope') = 'self' AND subject::text = access_setting('person'));
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['identifier', 'personname', 'address', 'jurisdiction', 'contact', 'bankaccount',
                                'membership', 'relation', 'representation', 'duplicate', 'legalhold', 'fact'] LOOP
        EXECUTE format('ALTER POLICY seen ON %I USING (registry_sees(visibility) AND %s)', 'registry_' || name,
                       CASE name WHEN 'fact' THEN '(CASE WHEN person_id IS NULL THEN '
                           'registry_may_see_household(household_id) ELSE registry_may_see(person_id) END)'
                           ELSE 'registry_may_see(person_id)' END);
    END LOOP;
END $$;
DROP POLICY marked ON registry_sealnotice;
DROP POLICY told ON registry_sealnotice;
DROP POLICY opened ON registry_sealopening;
DROP POLICY seen ON registry_sealopening;
DROP POLICY seen ON registry_sealnotice;
DROP TRIGGER is_told ON registry_sealopening;
DROP TRIGGER refuse_change ON registry_sealopening;
DROP TRIGGER log_opening ON registry_sealopening;
DROP FUNCTION registry_is_kept_from_person(bigint);
DROP FUNCTION registry_is_open(uuid);
DROP FUNCTION registry_may(text);
DROP FUNCTION registry_seal_opening_is_told();
DROP FUNCTION registry_log_seal_opening();
