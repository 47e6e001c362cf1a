-- A person sees themselves, and those they may see for: by a statement, or as the parent, adopter or guardian of a
-- child under 18, unless a statement says that they may not.
CREATE FUNCTION registry_may_see_for(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    stated text[];
BEGIN
    SELECT r.matters INTO stated FROM registry_representation r
    WHERE r.person_id = subject AND r.representative_id::text = access_setting('person')
      AND upper_inf(r.recorded) AND r.valid @> registry_today();
    IF FOUND THEN
        RETURN 'see' = ANY (stated);
    END IF;
    RETURN EXISTS (
        SELECT FROM registry_relation t
        WHERE t.person_id = subject AND t.other_id::text = access_setting('person')
          AND t.kind IN ('parent', 'adoptive_parent', 'guardian')
          AND upper_inf(t.recorded) AND t.valid @> registry_today()
    ) AND (
        SELECT f.value > to_char(registry_today() - interval '18 years', 'YYYY-MM-DD')
        FROM registry_fact f JOIN registry_origin o ON o.id = f.origin_id
        WHERE f.person_id = subject AND f.type = 1 AND f.value IS NOT NULL AND upper_inf(f.recorded)
        ORDER BY o.rank LIMIT 1
    ) IS TRUE;
END $$;

CREATE OR REPLACE FUNCTION registry_may_see(subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    CASE access_setting('scope')
    WHEN 'national' THEN
        RETURN true;
    WHEN 'municipality' THEN
        RETURN EXISTS (
            SELECT FROM registry_address a JOIN access_municipality m ON m.code = a.municipality_id
            WHERE a.person_id = subject AND a.kind = 'declared' AND upper_inf(a.recorded)
              AND a.valid @> registry_today() AND m.present_id = access_setting('municipality')
        ) OR EXISTS (
            SELECT FROM registry_jurisdiction j JOIN access_municipality m ON m.code = j.municipality_id
            WHERE j.person_id = subject AND upper_inf(j.recorded)
              AND j.valid @> registry_today() AND m.present_id = access_setting('municipality')
        );
    WHEN 'self' THEN
        RETURN subject::text = access_setting('person') OR registry_may_see_for(subject);
    ELSE
        RETURN false;
    END CASE;
END $$;
