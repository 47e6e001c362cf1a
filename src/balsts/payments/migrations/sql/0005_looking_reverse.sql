DROP FUNCTION payments_sums_of_less, payments_sums_of_keys, payments_runs_until, payments_moved_since, payments_waiting, payments_sums_of_words, payments_sums_of_postings,
    payments_not_in_files, payments_sums_of_lines, payments_looked_at,
    payments_mark(uuid, uuid, bigint), payments_mark(integer, bigint),
    payments_proof_at_bank, payments_proof_of_lines, payments_proof_of_keys;
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
