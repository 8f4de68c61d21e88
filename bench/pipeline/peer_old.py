# Peer (c): the job that Carelake replaces. Types inferred and cast, rows filtered, everything collected into the driver,
# features made in pandas, CSV out. No marts: it never had them.
# python peer_old.py HOSPITAL OUT
import sys

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, to_date, trim

hospital, out = sys.argv[1:3]

spark = (
    SparkSession.builder.master("local[2]")
    .appName("old-pipeline")
    .config("spark.driver.memory", "4g")
    .config("spark.driver.maxResultSize", "0")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.local.dir", f"{out}/spill")
    .getOrCreate()
)


def read(table):
    return spark.read.csv(f"{hospital}/{table}.csv", header=True, inferSchema=True)


def collected(frame):
    return pd.DataFrame([row.asDict() for row in frame.collect()])


def age_group(age):
    bounds = [(18, "0-17"), (35, "18-34"), (50, "35-49"), (65, "50-64")]
    return next((label for below, label in bounds if age < below), "65+")


patients = (
    read("patients")
    .withColumn("patient_id", trim(col("patient_id").cast("string")))
    .withColumn("bmi", col("bmi").cast("double"))
    .withColumn("birth_date", to_date(col("birth_date")))
    .withColumn("registration_date", to_date(col("registration_date")))
    .filter(col("patient_id").isNotNull() & col("birth_date").isNotNull())
    .dropDuplicates(["patient_id"])
)
visits = (
    read("visits")
    .withColumn("visit_id", trim(col("visit_id").cast("string")))
    .withColumn("severity_score", col("severity_score").cast("double"))
    .withColumn("heart_rate", col("heart_rate").cast("int"))
    .withColumn("visit_date", to_date(col("visit_date")))
    .withColumn("discharge_date", to_date(col("discharge_date")))
    .filter(col("visit_id").isNotNull() & col("visit_date").isNotNull())
    .dropDuplicates(["visit_id"])
)
prescriptions = (
    read("prescriptions")
    .withColumn("prescription_id", trim(col("prescription_id").cast("string")))
    .withColumn("quantity", col("quantity").cast("double"))
    .withColumn("prescribed_date", to_date(col("prescribed_date")))
    .filter(col("prescription_id").isNotNull())
    .dropDuplicates(["prescription_id"])
)
print(patients.count(), visits.count(), prescriptions.count())

patients, visits, prescriptions = collected(patients), collected(visits), collected(prescriptions)
spark.stop()

for frame, names in [
    (patients, ["birth_date", "registration_date"]),
    (visits, ["visit_date", "discharge_date"]),
]:
    for name in names:
        frame[name] = pd.to_datetime(frame[name])

patients["age"] = (patients["registration_date"] - patients["birth_date"]).dt.days // 365.25
patients["age_group"] = patients["age"].apply(age_group)
visits = visits.sort_values(["patient_id", "visit_date"])
visits["visit_number"] = visits.groupby("patient_id").cumcount() + 1
visits["days_since_previous_visit"] = visits.groupby("patient_id")["visit_date"].diff().dt.days
visits["length_of_stay_days"] = (visits["discharge_date"] - visits["visit_date"]).dt.days
visits["severity_level"] = visits["severity_score"].apply(
    lambda score: "Low" if score < 4 else "Medium" if score < 7 else "High"
)
visits = visits.merge(patients[["patient_id", "age", "age_group"]], on="patient_id", how="left")

patients.to_csv(f"{out}/patients.csv", index=False)
visits.to_csv(f"{out}/visits.csv", index=False)
prescriptions.to_csv(f"{out}/prescriptions.csv", index=False)
