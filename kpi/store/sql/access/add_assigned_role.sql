-- Adds one role of an assignment. Grain: batch_number, place.
INSERT INTO assigned_role (batch_number, place, "role", organisation_code, unit_code, employee_code)
VALUES ($batch_number, $place, $role, $organisation_code, $unit_code, $employee_code)
