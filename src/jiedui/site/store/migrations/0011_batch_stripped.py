from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0010_secret_mark"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="stripped",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
