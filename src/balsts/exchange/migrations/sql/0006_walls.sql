ALTER TABLE exchange_lasttold ENABLE ROW LEVEL SECURITY;
CREATE POLICY kept_by_the_intake ON exchange_lasttold
    USING (access_setting('role') = 'register_intake') WITH CHECK (access_setting('role') = 'register_intake');
REVOKE DELETE ON exchange_lasttold FROM balsts_app;
