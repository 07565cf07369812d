using System;
using System.Linq;
using Unity.MLAgents;
using Unity.MLAgents.Actuators;
using Unity.MLAgents.Policies;
using UnityEditor;
using UnityEngine;

namespace UnityMlops.Editor
{
    /// <summary>Gives an object the agent, its behaviour's parameters, a decision requester, sensors and actuators.</summary>
    sealed class AgentDress
    {
        const string PlayerInput = "UnityEngine.InputSystem.PlayerInput, Unity.InputSystem";
        const string InputActuator = "Unity.MLAgents.Input.InputActuatorComponent, Unity.ML-Agents.Input";

        readonly BuildSpec spec;

        public AgentDress(BuildSpec spec)
        {
            this.spec = spec;
        }

        public void PutOn(GameObject owner)
        {
            var agentType = AgentType();
            foreach (var other in owner.GetComponents<Agent>())
            {
                if (other.GetType() != agentType)
                {
                    throw new BuildProblem("'" + owner.name + "' already carries the agent " + other.GetType().Name
                        + "; take it off, or attach to another object.");
                }
            }
            SetParameters(Obtain<BehaviorParameters>(owner));
            var agent = (Agent)Obtain(owner, agentType);
            agent.MaxStep = spec.max_step;
            var requester = Obtain<DecisionRequester>(owner);
            requester.enabled = true;
            requester.DecisionPeriod = spec.decision_period;
            requester.TakeActionsBetweenDecisions = true;
            new SensorDress(owner).PutOn(spec.observations);
            if (spec.actions.input_system)
            {
                AddInputActuator(owner);
            }
        }

        Type AgentType()
        {
            var script = AssetDatabase.LoadAssetAtPath<MonoScript>(spec.script);
            if (script == null)
            {
                throw new BuildProblem("The editor did not import " + spec.script + ".");
            }
            var type = script.GetClass();
            if (type == null || !typeof(Agent).IsAssignableFrom(type) || type.IsAbstract)
            {
                throw new BuildProblem(spec.script + " must declare a class " + spec.class_name
                    + " that derives from Unity.MLAgents.Agent and is not abstract.");
            }
            return type;
        }

        void SetParameters(BehaviorParameters parameters)
        {
            parameters.BehaviorName = spec.behavior_name;
            parameters.BehaviorType = BehaviorType.Default;
            parameters.BrainParameters.VectorObservationSize =
                spec.observations.Where(observation => observation.sensor == "vector").Sum(observation => observation.size);
            parameters.BrainParameters.NumStackedVectorObservations = 1;
            // Actuators of the input system bring their own actions.
            parameters.BrainParameters.ActionSpec = spec.actions.input_system
                ? ActionSpec.MakeContinuous(0)
                : new ActionSpec(spec.actions.continuous, spec.actions.discrete);
        }

        void AddInputActuator(GameObject owner)
        {
            var player = new SerializedObject(Obtain(owner, InputSystemType(PlayerInput)));
            player.FindProperty("m_Actions").objectReferenceValue = InputAsset();
            player.FindProperty("m_DefaultActionMap").stringValue = spec.actions.input_map;
            player.ApplyModifiedPropertiesWithoutUndo();
            Obtain(owner, InputSystemType(InputActuator));
        }

        UnityEngine.Object InputAsset()
        {
            var asset = AssetDatabase.LoadMainAssetAtPath(spec.actions.input_asset);
            if (asset == null)
            {
                throw new BuildProblem("Input actions '" + spec.actions.input_asset
                    + "' (action_space.asset) are not in the project.");
            }
            return asset;
        }

        /// <summary>By name, because these types exist only where com.unity.inputsystem is in the project.</summary>
        static Type InputSystemType(string name)
        {
            var type = Type.GetType(name);
            if (type == null)
            {
                throw new BuildProblem("The job's actions come from the Input System: add com.unity.inputsystem to"
                    + " Packages/manifest.json.");
            }
            return type;
        }

        static T Obtain<T>(GameObject owner) where T : Component
        {
            return (T)Obtain(owner, typeof(T));
        }

        static Component Obtain(GameObject owner, Type type)
        {
            var present = owner.GetComponent(type);
            var component = present == null ? owner.AddComponent(type) : present;
            if (component == null)
            {
                throw new BuildProblem("Unity refuses a " + type.Name + " on '" + owner.name
                    + "'; its editor log says what the component requires.");
            }
            return component;
        }
    }
}
