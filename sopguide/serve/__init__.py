"""The desk in a browser: a web server that gives each signed-in person a desk process of their own.

users, passwords   who may sign in
tickets            the signed cookie that says who has signed in
tries              how often a password may be guessed
front              where a request comes from, and what a trusted proxy says of it
desks, process     one desk a person: its process, its window, its limits
person, driver, guard   what runs in that process
site, pages        routes, pages and headers
run                start, and an end that loses no step
"""
