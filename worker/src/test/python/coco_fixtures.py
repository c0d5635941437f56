"""Writes a tiny set laid out as COCO 2014: annotations/captions_val2014.json beside val2014/*.jpg.

    python worker/src/test/python/coco_fixtures.py worker/src/test/resources/dev/isoflop/worker/data/coco

Three images of one colour each, with five captions for each, in the shuffled order that COCO has. Made with Pillow.
"""

import json
import pathlib
import sys

from PIL import Image

COLOURS = [("red", (200, 30, 30)), ("green", (30, 160, 30)), ("blue", (30, 30, 200))]

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    (folder / "annotations").mkdir(parents=True, exist_ok=True)
    (folder / "val2014").mkdir(exist_ok=True)
    images, annotations = [], []
    for number, (name, colour) in enumerate(COLOURS):
        identity = 391895 + 17 * number
        file = f"COCO_val2014_{identity:012d}.jpg"
        Image.new("RGB", (24, 16), colour).save(folder / "val2014" / file, quality=95)
        images.append(
            {"license": 3, "file_name": file, "coco_url": "", "height": 16, "width": 24, "id": identity}
        )
        annotations += [
            {"image_id": identity, "id": 10 * k + number, "caption": f"{name} caption {k}."} for k in range(5)
        ]
    annotations.sort(key=lambda annotation: (annotation["id"] * 7) % 47)
    content = {
        "info": {"description": "Three colours", "year": 2014},
        "images": images,
        "licenses": [{"id": 3, "name": "none"}],
        "annotations": annotations,
    }
    (folder / "annotations" / "captions_val2014.json").write_text(json.dumps(content))
