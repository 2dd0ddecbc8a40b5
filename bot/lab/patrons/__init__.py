"""Patrons by script who play each other for whole years: is any way to play too good, and is any too poor?"""
