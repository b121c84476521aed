"""archsmith: an autonomous backend architect. A brief goes in, a complete backend design comes out."""
