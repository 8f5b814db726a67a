"""The log of looks behind masks is written and read by the role of the web, and never changed."""

from django.db import migrations

REVOKE = """
DO $$
DECLARE
  granted record;
BEGIN
  FOR granted IN
    SELECT DISTINCT table_schema, table_name, grantee FROM information_schema.role_table_grants
     WHERE table_schema = current_schema() AND table_name = 'accounts_unmasking'
       AND grantee <> current_user
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I.%I FROM %I',
                   granted.table_schema, granted.table_name, granted.grantee);
  END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(REVOKE, migrations.RunSQL.noop)]
