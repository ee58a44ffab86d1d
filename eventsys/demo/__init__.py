"""The example festival, built through the same doors that users take."""
