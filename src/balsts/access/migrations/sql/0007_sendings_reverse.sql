DROP TRIGGER keep_sending ON access_sending;
DROP FUNCTION access_keep_sending();
DROP POLICY own ON access_sending;
GRANT UPDATE, DELETE ON access_sending TO balsts_app;
