DROP TRIGGER keep_revoked ON access_systemclient;
DROP FUNCTION access_keep_revoked();
GRANT UPDATE, DELETE ON access_systemclient TO balsts_app;
