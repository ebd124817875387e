#include "simulator/premises_kinds.h"

namespace leedswatch::simulator {
namespace {

constexpr std::array<ZoneSketch, 9> houseZones{{{ZoneUse::Entry, "Front door"},
                                                {ZoneUse::Room, "Hall"},
                                                {ZoneUse::Room, "Living room"},
                                                {ZoneUse::Room, "Landing"},
                                                {ZoneUse::Perimeter, "Patio door"},
                                                {ZoneUse::Perimeter, "Garage"},
                                                {ZoneUse::Smoke, "Smoke, landing"},
                                                {ZoneUse::Panic, "Panic button, bedroom"},
                                                {ZoneUse::Medical, "Pendant"}}};
constexpr std::array<ZoneSketch, 9> schoolZones{{{ZoneUse::Entry, "Main entrance"},
                                                 {ZoneUse::Room, "Assembly hall"},
                                                 {ZoneUse::Room, "Computer room"},
                                                 {ZoneUse::Room, "Staff room"},
                                                 {ZoneUse::Perimeter, "Playground doors"},
                                                 {ZoneUse::Perimeter, "Boiler house"},
                                                 {ZoneUse::Smoke, "Smoke, science block"},
                                                 {ZoneUse::Smoke, "Call point, kitchen"},
                                                 {ZoneUse::Panic, "Panic button, reception"}}};
constexpr std::array<ZoneSketch, 8> shopZones{{{ZoneUse::Entry, "Shop door"},
                                               {ZoneUse::Room, "Sales floor"},
                                               {ZoneUse::Room, "Stock room"},
                                               {ZoneUse::Room, "Office and safe"},
                                               {ZoneUse::Perimeter, "Rear shutter"},
                                               {ZoneUse::Smoke, "Smoke, stock room"},
                                               {ZoneUse::HoldUp, "Hold-up button, till 1"},
                                               {ZoneUse::HoldUp, "Hold-up button, till 2"}}};
constexpr std::array<ZoneSketch, 8> officeZones{{{ZoneUse::Entry, "Reception"},
                                                 {ZoneUse::Room, "First floor"},
                                                 {ZoneUse::Room, "Second floor"},
                                                 {ZoneUse::Room, "Server room"},
                                                 {ZoneUse::Perimeter, "Fire escape"},
                                                 {ZoneUse::Perimeter, "Car park door"},
                                                 {ZoneUse::Smoke, "Smoke, server room"},
                                                 {ZoneUse::Panic, "Panic button, reception"}}};
constexpr std::array<ZoneSketch, 8> careHomeZones{{{ZoneUse::Entry, "Front entrance"},
                                                   {ZoneUse::Room, "Office"},
                                                   {ZoneUse::Room, "Medicine room"},
                                                   {ZoneUse::Perimeter, "Garden door"},
                                                   {ZoneUse::Smoke, "Smoke, east wing"},
                                                   {ZoneUse::Smoke, "Call point, lounge"},
                                                   {ZoneUse::Medical, "Call button, room 7"},
                                                   {ZoneUse::Panic, "Panic button, office"}}};
constexpr std::array<ZoneSketch, 7> towerZones{{{ZoneUse::Entry, "Lobby"},
                                                {ZoneUse::Room, "Caretaker's office"},
                                                {ZoneUse::Room, "Plant room"},
                                                {ZoneUse::Perimeter, "Roof door"},
                                                {ZoneUse::Smoke, "Smoke, bin store"},
                                                {ZoneUse::Smoke, "Smoke, stair 2"},
                                                {ZoneUse::Panic, "Help point, lobby"}}};
constexpr std::array<ZoneSketch, 8> depotZones{{{ZoneUse::Entry, "Gatehouse"},
                                                {ZoneUse::Room, "Workshop"},
                                                {ZoneUse::Room, "Tool store"},
                                                {ZoneUse::Room, "Traffic office"},
                                                {ZoneUse::Perimeter, "Yard fence, north"},
                                                {ZoneUse::Perimeter, "Yard fence, south"},
                                                {ZoneUse::Smoke, "Smoke, workshop"},
                                                {ZoneUse::Panic, "Panic button, gatehouse"}}};
constexpr std::array<ZoneSketch, 7> pharmacyZones{{{ZoneUse::Entry, "Shop door"},
                                                   {ZoneUse::Room, "Shop"},
                                                   {ZoneUse::Room, "Dispensary"},
                                                   {ZoneUse::Room, "Controlled drugs"},
                                                   {ZoneUse::Perimeter, "Rear door"},
                                                   {ZoneUse::Smoke, "Smoke, dispensary"},
                                                   {ZoneUse::HoldUp, "Hold-up button, counter"}}};

constexpr std::array<PremisesKind, 8> drawnKinds{
    {{"house", 38, {"House", "Cottage", "Villa"}, {"SP2", "SP3", "SP2"}, houseZones, false},
     {"school", 9, {"Primary School", "Academy", "Nursery School"}, {"SP4", "DP2", "DP3"}, schoolZones, true},
     {"shop", 20, {"News", "Hardware", "Jewellers"}, {"SP3", "SP4", "DP3"}, shopZones, true},
     {"office", 12, {"Chambers", "House offices", "Business Centre"}, {"SP3", "SP5", "DP1"}, officeZones, true},
     {"care home",
      5,
      {"Lodge Care Home", "Grange Care Home", "Court Care Home"},
      {"SP5", "DP4", "SP4"},
      careHomeZones,
      true},
     {"tower block", 4, {"Heights", "Towers", "Court"}, {"SP4", "SP5", "DP2"}, towerZones, true},
     {"depot", 6, {"Depot", "Works", "Yard"}, {"SP1", "SP5", "SP6"}, depotZones, true},
     {"pharmacy", 6, {"Pharmacy", "Chemist", "Health Centre"}, {"DP4", "DP3", "SP5"}, pharmacyZones, true}}};

}  // namespace

std::span<const PremisesKind> premisesKinds() {
    return drawnKinds;
}

}  // namespace leedswatch::simulator
