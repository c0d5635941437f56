"""Writes feature_resize.json: what Pillow's filters make of a picture of floating-point numbers.

Run: python feature_resize.py > ../resources/dev/isoflop/worker/evaluate/features/feature_resize.json
It needs numpy and Pillow.
"""
import json

import numpy as np
from PIL import Image

y, x = np.mgrid[:12, :12]
picture = Image.fromarray(((x * x * 7 + y * 29 + x * y * 5) % 256).astype(np.float32))  # mode F
cases = []
for name, method in (("Bilinear", Image.BILINEAR), ("Bicubic", Image.BICUBIC)):
    for size in (5, 17):
        values = np.asarray(picture.resize((size, size), method))
        diagonal = [round(float(values[i, (i * 2) % size]), 3) for i in range(size)]
        cases.append({"resize": name, "size": size, "sum": round(float(values.astype(np.float64).sum()), 2),
                      "diagonal": diagonal})
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
