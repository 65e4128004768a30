"""The spreadsheets that offices really have, understood cell by cell; knows no store and no screen."""
