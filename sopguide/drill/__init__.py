"""Drills: scenarios walked as a trainee, scored, and kept beside the walks of the job."""
