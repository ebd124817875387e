#pragma once

#include "incident/log_line.h"

#include <QWidget>
#include <map>
#include <string>

class QGridLayout;
class QLineEdit;

namespace leedswatch::ui {

/// What a book of the log asks for: a field for each, two beside each other. Nothing for the daily occurrences.
class FactFields final : public QWidget {
    Q_OBJECT

public:
    explicit FactFields(QWidget* parent);

    /// What was typed stays where the other book asks for the same.
    void setBook(incident::Book book);
    [[nodiscard]] std::map<std::string, std::string> facts() const;
    void setFacts(const std::map<std::string, std::string>& facts);

Q_SIGNALS:
    void edited();

private:
    QGridLayout* m_layout;
    std::map<std::string, QLineEdit*> m_fields;
};

}  // namespace leedswatch::ui
