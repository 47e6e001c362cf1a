DROP FUNCTION payments_said_of_own, payments_days, payments_owed_by, payments_line_told, payments_left_out_told, payments_found,
    payments_looks_at;
DROP INDEX held_lines_of_run, late_lines_of_run;
DROP TRIGGER sum_them ON payments_line;
DROP TRIGGER sum_them ON payments_overpaid;
DROP TRIGGER refuse_change ON payments_runsum;
DROP TRIGGER refuse_truncate ON payments_runsum;
DROP FUNCTION payments_sum_lines, payments_sum_overpaid;
DROP POLICY seen ON payments_runsum;
ALTER TABLE payments_runsum DISABLE ROW LEVEL SECURITY;
