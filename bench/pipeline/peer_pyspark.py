# Peer (b): a competent PySpark job. An explicit schema, dropDuplicates, the same tables and marts as Parquet.
# python peer_pyspark.py HOSPITAL OUT AS_OF
import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession

hospital, out, as_of = sys.argv[1:4]
here = Path(__file__).parent

spark = (
    SparkSession.builder.master("local[2]")
    .appName("pipeline")
    .config("spark.driver.memory", "4g")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.ui.enabled", "false")
    .config("spark.local.dir", f"{out}/spill")
    # Two cores: 200 shuffle partitions, the default, would be tasks too small to be worth their start.
    .config("spark.sql.shuffle.partitions", "8")
    .config("spark.sql.parquet.compression.codec", "zstd")
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
)

columns = json.loads((here / "columns.json").read_text())
for table, types in columns.items():
    schema = ", ".join(f"{name} {kind}" for name, kind in types.items())
    rows = spark.read.csv(f"{hospital}/{table}.csv", schema=schema, header=True)
    rows.dropDuplicates([next(iter(types))]).createOrReplaceTempView(f"raw_{table}")

for table in ["patients", "visits", "prescriptions", "stays", "patient_summary", "months"]:
    sql = (here / "sql" / f"{table}.sql").read_text().replace("{as_of}", as_of)
    spark.sql(sql).write.parquet(f"{out}/{table}.parquet")
    spark.read.parquet(f"{out}/{table}.parquet").createOrReplaceTempView(table)

spark.stop()
