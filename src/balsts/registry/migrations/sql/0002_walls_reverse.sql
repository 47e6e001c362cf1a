DO $$
DECLARE
    name text;
    policy text;
BEGIN
    FOREACH name IN ARRAY ARRAY['identifier', 'personname', 'address', 'jurisdiction', 'contact', 'bankaccount',
                                'membership', 'relation', 'representation', 'fact', 'person', 'household'] LOOP
        FOREACH policy IN ARRAY ARRAY['seen', 'recorded', 'ended'] LOOP
            EXECUTE format('DROP POLICY IF EXISTS %I ON %I', policy, 'registry_' || name);
        END LOOP;
    END LOOP;
END $$;
DROP FUNCTION registry_find_by_name(text, integer);
DROP FUNCTION registry_keep_statement() CASCADE;
DROP FUNCTION registry_may_record();
DROP FUNCTION registry_sees(smallint);
DROP FUNCTION registry_may_see_household(uuid);
DROP FUNCTION registry_may_take_on(uuid, text);
DROP FUNCTION registry_may_see(uuid);
DROP FUNCTION registry_today();
