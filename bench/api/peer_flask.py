# A server of the old system's shape: Flask and PyMongo, one collection of patients, no log, no versions, no audit, and of a
# patient only what must be there is looked at. With the path of a CSV file as argument it fills its collection; gunicorn serves it.
import csv
import os
import sys
from datetime import datetime, timezone

from flask import Flask, jsonify, request
from flask_cors import CORS
from pymongo import MongoClient

app = Flask(__name__)
CORS(app)
patients = MongoClient(os.environ["MONGO_URI"])[os.environ["MONGO_DB"]]["patients"]
required = ("patient_id", "name", "age", "gender")


def shown(document):
    document.pop("_id", None)
    return document


@app.post("/api/patient")
def add_patient():
    body = request.get_json()
    missing = [field for field in required if body.get(field) in (None, "")]
    if missing:
        return jsonify(success=False, message=f"Missing: {', '.join(missing)}"), 400
    if patients.find_one({"patient_id": body["patient_id"]}):
        return jsonify(success=False, message="Patient exists"), 409
    body["created_at"] = datetime.now(timezone.utc).isoformat()
    patients.insert_one(body)
    return jsonify(success=True, patient=shown(body)), 201


@app.get("/api/patients/<patient_id>")
def get_patient(patient_id):
    found = patients.find_one({"patient_id": patient_id})
    if not found:
        return jsonify(success=False, message="Not found"), 404
    return jsonify(success=True, patient=shown(found))


@app.get("/api/patients")
def list_patients():
    page = int(request.args.get("page", 1))
    limit = int(request.args.get("limit", 50))
    found = patients.find().sort("patient_id", 1).skip((page - 1) * limit).limit(limit)
    return jsonify(success=True, patients=[shown(one) for one in found], total=patients.estimated_document_count())


def load(path):
    patients.drop()
    patients.create_index("patient_id", unique=True)
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    for start in range(0, len(rows), 1000):
        patients.insert_many(rows[start : start + 1000])


if __name__ == "__main__":
    load(sys.argv[1])
