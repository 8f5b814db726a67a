"""Similarity, clusters and scores of residents' messages: a library without Django."""
