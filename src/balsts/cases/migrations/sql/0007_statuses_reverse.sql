DROP POLICY told ON cases_statusnews;
DROP TRIGGER refuse_change ON cases_statusnews;
DROP TRIGGER tell_of_status ON cases_awardholder;
DROP FUNCTION cases_tell_of_status();
ALTER TABLE cases_statusnews DISABLE ROW LEVEL SECURITY;
GRANT INSERT, UPDATE, DELETE ON cases_statusnews TO balsts_app;
