using System;
using System.Collections.Generic;
using System.Linq;
using Unity.MLAgents.Sensors;
using UnityEditorInternal;
using UnityEngine;

namespace UnityMlops.Editor
{
    /// <summary>Gives an object the sensors of the declared observations; one that it has already is set anew.</summary>
    sealed class SensorDress
    {
        readonly GameObject owner;

        public SensorDress(GameObject owner)
        {
            this.owner = owner;
        }

        public void PutOn(IEnumerable<ObservationSpecification> observations)
        {
            foreach (var observation in observations)
            {
                DefineTags(observation.tags);
                switch (observation.sensor)
                {
                    case "vector":
                        break; // the agent's CollectObservations
                    case "raycast":
                        PutOnRays(observation);
                        break;
                    case "grid":
                        PutOnGrid(observation);
                        break;
                    case "camera":
                        PutOnCamera(observation);
                        break;
                    default:
                        throw new BuildProblem("Observation '" + observation.name + "' wants an unknown sensor '"
                            + observation.sensor + "'.");
                }
            }
        }

        void PutOnRays(ObservationSpecification observation)
        {
            var rays = Obtain<RayPerceptionSensorComponent3D>(sensor => sensor.SensorName == observation.name);
            rays.SensorName = observation.name;
            rays.DetectableTags = observation.tags.ToList();
            rays.RaysPerDirection = observation.rays_per_direction;
            rays.MaxRayDegrees = observation.ray_degrees;
            rays.RayLength = observation.ray_length;
        }

        void PutOnGrid(ObservationSpecification observation)
        {
            // GetComponents also finds derived components, so the exact type is asked for.
            var grid = observation.counting
                ? Obtain<CountingGridSensorComponent>(sensor => sensor.SensorName == observation.name)
                : Obtain<GridSensorComponent>(sensor =>
                    sensor.GetType() == typeof(GridSensorComponent) && sensor.SensorName == observation.name);
            grid.SensorName = observation.name;
            grid.GridSize = new Vector3Int(observation.shape[1], 1, observation.shape[2]);
            grid.CellScale = new Vector3(observation.cell_size, 1f, observation.cell_size);
            grid.DetectableTags = observation.tags;
            grid.ColliderMask = Physics.DefaultRaycastLayers;
            // Counts cannot be compressed, and both kinds are to reach the trainer in the same way.
            grid.CompressionType = SensorCompressionType.None;
        }

        void PutOnCamera(ObservationSpecification observation)
        {
            var camera = owner.GetComponentInChildren<Camera>();
            if (camera == null)
            {
                throw new BuildProblem("Observation '" + observation.name + "' needs a Camera on '" + owner.name
                    + "' or one of its children.");
            }
            var sensor = Obtain<CameraSensorComponent>(candidate => candidate.SensorName == observation.name);
            sensor.SensorName = observation.name;
            sensor.Camera = camera;
            sensor.Height = observation.shape[1];
            sensor.Width = observation.shape[2];
            sensor.Grayscale = observation.grayscale;
        }

        T Obtain<T>(Func<T, bool> isIt) where T : Component
        {
            var present = owner.GetComponents<T>().FirstOrDefault(isIt);
            return present == null ? owner.AddComponent<T>() : present;
        }

        /// <summary>A sensor that looks for a tag which the project lacks would throw at each step.</summary>
        static void DefineTags(IEnumerable<string> tags)
        {
            foreach (var tag in tags.Except(InternalEditorUtility.tags))
            {
                Debug.LogWarning("[unity-mlops] defines the tag '" + tag + "', which the project lacks.");
                InternalEditorUtility.AddTag(tag);
            }
        }
    }
}
