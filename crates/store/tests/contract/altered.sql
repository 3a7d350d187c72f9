UPDATE events SET event = replace(event, 'approve', 'return')
