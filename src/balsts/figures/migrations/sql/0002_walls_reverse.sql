DROP VIEW figures_standing;
DROP TRIGGER whole_load ON figures_load;
DROP FUNCTION figures_whole_load();
DROP TRIGGER keep_contradiction ON figures_contradiction;
DROP FUNCTION figures_keep_contradiction();
DROP TRIGGER refuse_deletion ON figures_contradiction;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['load', 'loadedrow', 'loadedfigure', 'contradictionfigure'] LOOP
        EXECUTE format('DROP TRIGGER refuse_change ON %I', 'figures_' || name);
        EXECUTE format('GRANT UPDATE, DELETE ON %I TO balsts_app', 'figures_' || name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['load', 'loadedrow', 'loadedfigure', 'contradiction', 'contradictionfigure'] LOOP
        EXECUTE format('DROP TRIGGER refuse_truncate ON %I', 'figures_' || name);
    END LOOP;
END $$;
GRANT DELETE ON figures_contradiction TO balsts_app;
