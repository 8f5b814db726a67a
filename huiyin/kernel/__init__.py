"""The ground floor: what every app stands on and no app's business."""
