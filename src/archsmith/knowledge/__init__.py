"""Facts as data: `data/*.yaml`, each file with a typed row and a loader. Logic is code, knowledge is not."""
