"""The role of the web writes the trail and reads it, nothing else: a trigger alone can be told to look away."""

from django.db import migrations

REVOKE = """
DO $$
DECLARE
  granted record;
BEGIN
  FOR granted IN
    SELECT DISTINCT table_schema, table_name, grantee FROM information_schema.role_table_grants
     WHERE table_schema = current_schema() AND table_name IN ('kernel_entry', 'kernel_block')
       AND grantee <> current_user
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I.%I FROM %I',
                   granted.table_schema, granted.table_name, granted.grantee);
  END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(REVOKE, migrations.RunSQL.noop)]
