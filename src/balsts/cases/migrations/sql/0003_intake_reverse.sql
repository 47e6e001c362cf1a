DROP TRIGGER drop_unused_file ON cases_attachment;
DROP TRIGGER keep_sent_document ON cases_attachment;
DROP FUNCTION cases_drop_unused_file();
DROP FUNCTION cases_keep_sent_document();
