#include "estate/answer_requests.h"

namespace leedswatch::estate {

void insertAnswerRequest(soci::session& sql, const AnswerRequest& request) {
    const long long camera = request.camera.value();
    const long long at = base::toStored(request.at);
    const long long premises = request.premises ? request.premises->value() : 0;
    soci::indicator hasPremises = request.premises ? soci::i_ok : soci::i_null;
    sql << "INSERT INTO answer_request (source, camera_id, at, words, premises_id, subject, place) VALUES (:source, "
           ":camera, :at, :words, :premises, :subject, :place)",
        soci::use(request.source, "source"), soci::use(camera, "camera"), soci::use(at, "at"),
        soci::use(request.words, "words"), soci::use(premises, hasPremises, "premises"),
        soci::use(request.subject, "subject"), soci::use(request.place, "place");
}

std::vector<AnswerRequest> selectAnswerRequests(soci::session& sql, int most) {
    std::vector<AnswerRequest> requests;
    AnswerRequest request;
    long long id = 0;
    long long camera = 0;
    long long at = 0;
    long long premises = 0;
    soci::indicator hasPremises = soci::i_null;
    soci::statement statement =
        (sql.prepare
             << "SELECT id, source, camera_id, at, words, premises_id, subject, place FROM answer_request ORDER "
                "BY id LIMIT :most",
         soci::use(most, "most"), soci::into(id), soci::into(request.source), soci::into(camera), soci::into(at),
         soci::into(request.words), soci::into(premises, hasPremises), soci::into(request.subject),
         soci::into(request.place));
    statement.execute();
    while (statement.fetch()) {
        request.id = id;
        request.camera = CameraId{camera};
        request.at = base::fromStored(at);
        request.premises = hasPremises == soci::i_ok ? std::optional{PremisesId{premises}} : std::nullopt;
        requests.push_back(request);
    }
    return requests;
}

void removeAnswerRequest(soci::session& sql, std::int64_t id) {
    sql << "DELETE FROM answer_request WHERE id = :id", soci::use(id, "id");
}

}  // namespace leedswatch::estate
